using Gatehouse.Actors;
using Gatehouse.Gateway.Delivery;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>The one race that matters: told 202, or ended by a route that is down.</summary>
public sealed class OutcomesTests
{
    private readonly Outcomes _outcomes = new();
    private readonly UploadId _id = UploadId.New();

    [Fact]
    public void A_promised_upload_cannot_be_ended()
    {
        using var watch = _outcomes.Begin(_id, "ada", first: true);
        Assert.True(watch.TryPromise());
        Assert.False(_outcomes.TryEnd(_id));
    }

    [Fact]
    public void An_upload_that_is_being_ended_cannot_be_promised()
    {
        using var watch = _outcomes.Begin(_id, "ada", first: true);
        Assert.True(_outcomes.TryEnd(_id));
        Assert.False(watch.TryPromise());
    }

    [Fact]
    public void A_promise_to_a_duplicate_holds_for_the_first()
    {
        using var first = _outcomes.Begin(_id, "ada", first: true);
        using (var duplicate = _outcomes.Begin(_id, "ada", first: false)) Assert.True(duplicate.TryPromise());
        Assert.False(_outcomes.TryEnd(_id));
    }

    [Fact]
    public void Without_its_own_caller_an_upload_stays()
    {
        Assert.False(_outcomes.TryEnd(_id));
        using var duplicate = _outcomes.Begin(_id, "ada", first: false);
        _outcomes.Begin(_id, "ada", first: true).Dispose();
        Assert.False(_outcomes.TryEnd(_id));
    }

    [Fact]
    public async Task An_end_that_could_not_be_recorded_lets_the_caller_go_with_202_and_the_upload_stays()
    {
        using var watch = _outcomes.Begin(_id, "ada", first: true);
        Assert.True(_outcomes.TryEnd(_id));
        _outcomes.Release(_id);
        Assert.Null(await watch.Ended);
        Assert.False(_outcomes.TryEnd(_id));
    }

    [Fact]
    public async Task A_stop_lets_everybody_go_but_those_whose_end_is_being_recorded()
    {
        using var waits = _outcomes.Begin(UploadId.New(), "bob", first: true);
        using var ends = _outcomes.Begin(_id, "ada", first: true);
        Assert.True(_outcomes.TryEnd(_id));
        _outcomes.StopWaiting();
        Assert.Null(await waits.Ended);
        Assert.False(ends.Ended.IsCompleted);
        using var late = _outcomes.Begin(UploadId.New(), "bob", first: true);
        Assert.Null(await late.Ended);
    }

    [Fact]
    public async Task The_end_reaches_every_watcher_and_leaves_nothing_behind()
    {
        var first = _outcomes.Begin(_id, "ada", first: true);
        var duplicate = _outcomes.Begin(_id, "ada", first: false);
        var moved = new UploadMoved(_id, UploadStatus.Delivered, 1, DateTimeOffset.UnixEpoch, null, null, null);
        _outcomes.Committed(new ActorKey("contact", "ada"), [moved]);
        Assert.Same(moved, await first.Ended);
        Assert.Same(moved, await duplicate.Ended);
        first.Dispose();
        Assert.True(_outcomes.IsWaitedFor(_id));
        duplicate.Dispose();
        Assert.False(_outcomes.IsWaitedFor(_id));
    }
}
