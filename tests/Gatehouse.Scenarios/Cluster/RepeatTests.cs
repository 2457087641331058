using Gatehouse.Scenarios.Cluster.Checking;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>Which repeats the judge of the failure runs lets pass, and which it does not.</summary>
public sealed class RepeatTests
{
    private const string Unexcused = "repeated without an excuse";
    private readonly Story _story = new();

    [Fact]
    public void A_repeat_that_nothing_explains_is_reported()
    {
        _story.ArriveAgain(_story.Deliver("anna", 1), 3);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Fact]
    public void A_lost_reply_excuses_one_repeat()
    {
        var id = _story.Deliver("anna", 1, replyLost: true);
        _story.ArriveAgain(id, 1.5);
        Assert.Empty(_story.Broken);
        _story.ArriveAgain(id, 2);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Fact]
    public void A_killed_sender_excuses_one_repeat_of_a_contact_once_its_claim_has_lapsed()
    {
        var (anna, ben) = (_story.Deliver("anna", 1), _story.Deliver("ben", 1));
        _story.Strike(FaultKind.Killed, node: 0, 1.2, 4);
        _story.ArriveAgain(anna, 11.3);
        _story.ArriveAgain(ben, 11.4);
        Assert.Empty(_story.Broken);
        _story.ArriveAgain(ben, 21.4);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Fact]
    public void A_repeat_inside_the_lease_is_reported()
    {
        _story.Strike(FaultKind.Killed, node: 0, 1.2, 4);
        _story.ArriveAgain(_story.Deliver("anna", 1), 3);
        Assert.Equal([Unexcused], _story.Broken);
        _story.Bounds = new();
        Assert.Empty(_story.Broken);
    }

    [Fact]
    public void A_kill_long_after_the_arrival_excuses_nothing()
    {
        _story.ArriveAgain(_story.Deliver("anna", 1), 20);
        _story.Strike(FaultKind.Killed, node: 0, 8, 10);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Fact]
    public void A_kill_excuses_no_more_repeats_than_a_node_has_attempts_under_way()
    {
        _story.Strike(FaultKind.Killed, node: 0, 1.2, 4);
        for (var i = 0; i < 64; i++) _story.ArriveAgain(_story.Deliver($"contact-{i}", 1), 12);
        Assert.Empty(_story.Broken);
        _story.ArriveAgain(_story.Deliver("one-too-many", 1), 12);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Fact]
    public void A_sender_that_ignores_its_fence_is_reported_when_it_goes_on_down_the_line()
    {
        var (first, second) = (_story.Deliver("anna", 1, told: 202), _story.Deliver("anna", 11.5, told: 202));
        _story.Strike(FaultKind.Stopped, node: 0, 0.9, 16);
        _story.ArriveAgain(first, 16.1);
        Assert.Empty(_story.Broken);
        _story.ArriveAgain(second, 16.2);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Fact]
    public void A_completion_past_its_fence_is_reported_when_the_line_goes_on_and_comes_back()
    {
        var first = _story.Deliver("anna", 1, told: 202);
        _story.Strike(FaultKind.Killed, node: 0, 1.2, 4);
        _story.Deliver("anna", 11.5, told: 202);
        _story.ArriveAgain(first, 12);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Fact]
    public void A_stopped_sender_excuses_what_it_had_sent_and_what_it_sends_when_it_wakes()
    {
        _story.Strike(FaultKind.Stopped, node: 0, 1.2, 16);
        _story.ArriveAgain(_story.Deliver("sent-before", 1), 11.4);
        _story.ArriveAgain(_story.Deliver("sent-at-waking", 11.4), 16.1);
        Assert.Empty(_story.Broken);
        _story.ArriveAgain(_story.Deliver("sent-later", 12), 19);
        Assert.Equal([Unexcused], _story.Broken);
    }

    [Theory]
    [InlineData(FaultKind.DatabaseCrashed)]
    [InlineData(FaultKind.DatabaseRestarted)]
    [InlineData(FaultKind.DatabaseOutOfReach)]
    public void While_nothing_can_be_recorded_each_contacts_attempt_may_be_repeated(FaultKind kind)
    {
        _story.Strike(kind, node: null, 1, 6);
        for (var i = 0; i < 100; i++) _story.ArriveAgain(_story.Deliver($"contact-{i}", 1 + (i / 25.0)), 16);
        Assert.Empty(_story.Broken);
    }

    [Theory]
    [InlineData(FaultKind.Terminated)]
    [InlineData(FaultKind.DatabaseConnectionsCut)]
    [InlineData(FaultKind.ClientsCut)]
    [InlineData(FaultKind.DiskFull)]
    public void What_leaves_no_outcome_unrecorded_excuses_nothing(FaultKind kind)
    {
        _story.Strike(kind, node: 0, 1, 3);
        _story.ArriveAgain(_story.Deliver("anna", 1), 12);
        Assert.Equal([Unexcused], _story.Broken);
    }
}
