using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>Twenty-four counters against the full list of uses.</summary>
public sealed class RollingCountTests
{
    [Fact]
    public void It_never_misses_a_use_inside_the_window_and_forgets_each_at_most_a_width_late()
    {
        Histories.Check(2000, 80, history =>
        {
            var window = TimeSpan.FromMilliseconds(1 + history.Sum(move => (long)move.How) % 5000);
            var (length, width) = ((long)window.TotalMilliseconds, RollingCount.WidthOf(window));
            var (count, uses, now) = (RollingCount.Empty, new List<(long At, long Amount)>(), 1_000_000L);
            foreach (var move in history)
            {
                now += move.Pick((int)length, 1) / (1 + move.Who * move.Who * 8);
                if (move.What < 70)
                {
                    count = count.Add(now, width, move.What, out _);
                    uses.Add((now, move.What));
                }
                Assert.InRange(count.Counters.Length, 0, RollingCount.MaxCounters);
                Assert.InRange(count.Used(now, width), Sum(now - length), Sum(now - (24 * width)));
                var fits = count.FitsAt(now, width, 300, 50);
                Assert.True(count.Used(fits, width) + 50 <= 300);
                if (fits > now) Assert.True(count.Used(fits - 1, width) + 50 > 300);
            }

            long Sum(long after) => uses.Where(use => use.At > after).Sum(use => use.Amount);
        });
    }

    [Fact]
    public void A_window_that_was_made_shorter_or_longer_keeps_to_24_counters_and_loses_nothing_still_inside()
    {
        var count = RollingCount.Empty;
        for (var i = 0; i < 24; i++) count = count.Add(10_000 + (i * 10), 10, 1, out _);
        for (var i = 0; i < 30; i++) count = count.Add(11_000 + (i * 1000), 1000, 1, out _);
        Assert.InRange(count.Counters.Length, 1, 24);
        Assert.InRange(count.Used(40_000, 1000), 23, 54);
    }
}
