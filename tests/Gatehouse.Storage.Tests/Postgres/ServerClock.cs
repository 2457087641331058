using System.Globalization;

namespace Gatehouse.Storage.Tests.Postgres;

/// <summary>A server whose clock is set by hand: every statement asks one function for the time, and here it reads a table.</summary>
internal static class ServerClock
{
    public static void Follow(this PostgresFixture postgres, ManualTime clock)
    {
        postgres.Database.Execute("CREATE TABLE IF NOT EXISTS public.clock_by_hand (microseconds bigint)");
        postgres.Database.Execute("CREATE OR REPLACE FUNCTION gatehouse.clock() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT microseconds FROM public.clock_by_hand'");
        clock.Followed = Set;
        Set(clock.Now);

        void Set(DateTimeOffset now) => postgres.Database.Execute(string.Create(
            CultureInfo.InvariantCulture, $"TRUNCATE public.clock_by_hand; INSERT INTO public.clock_by_hand VALUES ({now.ToMicroseconds()})"));
    }
}
