using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Storage.Tests.Postgres;

public sealed class PostgresEndNoticesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [PostgresFact]
    public async Task Every_node_that_listens_hears_what_one_sends()
    {
        var (one, other) = (Notices(), Notices());
        var (atOne, atOther) = (await HearingAsync(one), await HearingAsync(other));
        UploadId[] ended = [.. Enumerable.Range(0, one.MostIds).Select(_ => UploadId.New())];
        await one.SendAsync(ended, CancellationToken.None);
        Assert.Equal(ended, await NextAsync(atOne));
        Assert.Equal(ended, await NextAsync(atOther));
    }

    [PostgresFact]
    public async Task What_is_no_id_is_passed_over()
    {
        var notices = Notices();
        var hearing = await HearingAsync(notices);
        var id = UploadId.New();
        postgres.Database.Execute("NOTIFY gatehouse_ended, 'no id'");
        postgres.Database.Execute($"NOTIFY gatehouse_ended, '{new string('x', 32)}{id}0123'");
        Assert.Equal([id], await NextAsync(hearing));
    }

    [PostgresFact]
    public async Task A_way_that_breaks_ends_the_hearing()
    {
        var hearing = await HearingAsync(Notices());
        var next = NextAsync(hearing);
        postgres.Database.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN gatehouse_ended' AND datname = current_database()");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => next);
    }

    [PostgresFact]
    public async Task More_than_a_notice_holds_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Notices().SendAsync([.. Enumerable.Range(0, Notices().MostIds + 1).Select(_ => UploadId.New())], CancellationToken.None));

    private PostgresEndNotices Notices() => new(postgres.Database.Opened);

    /// <summary>Listens for certain: what it sends itself it has heard.</summary>
    private static async Task<IAsyncEnumerator<IReadOnlyList<UploadId>>> HearingAsync(PostgresEndNotices notices)
    {
        var hearing = notices.ListenAsync(CancellationToken.None).GetAsyncEnumerator();
        var next = hearing.MoveNextAsync().AsTask();
        await Eventually.HoldsAsync("it listens", async () =>
        {
            await notices.SendAsync([], CancellationToken.None);
            return next.IsCompleted ? null : "nothing is heard";
        });
        await next;
        return hearing;
    }

    private static async Task<IReadOnlyList<UploadId>> NextAsync(IAsyncEnumerator<IReadOnlyList<UploadId>> hearing)
    {
        // What was sent to know that it listens says nothing, and may have come more than once.
        while (await hearing.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)) && hearing.Current.Count == 0) { }
        return hearing.Current;
    }
}
