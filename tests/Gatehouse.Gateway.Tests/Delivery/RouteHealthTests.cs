using Gatehouse.Actors;
using Gatehouse.Gateway.Delivery;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>Which attempts count, and when the circuit opens and closes.</summary>
public sealed class RouteHealthTests
{
    private readonly ManualTime _clock = new();
    private readonly RouteHealth _health;
    private readonly UploadId _mine = UploadId.New();
    private int _worksAgain;

    public RouteHealthTests() => _health = new RouteHealth(_clock, new Random(7)) { WorksAgain = () => _worksAgain++ };

    [Fact]
    public void An_outage_counts_only_when_another_got_through_since_the_last_failure()
    {
        Assert.False(_health.Failed(_mine, outage: true, "down"));
        Assert.False(_health.Failed(_mine, outage: true, "down"));
        _health.Worked(UploadId.New());
        Assert.True(_health.Failed(_mine, outage: true, "down"));
        Assert.False(_health.Failed(_mine, outage: true, "down"));
    }

    [Fact]
    public void A_file_that_fails_alone_is_held_to_it_and_one_among_failing_others_is_not()
    {
        Assert.True(_health.Failed(_mine, outage: false, "500"));
        Assert.True(_health.Failed(_mine, outage: false, "500"));
        Assert.False(_health.Failed(UploadId.New(), outage: false, "500"));
        Assert.False(_health.Failed(_mine, outage: false, "500"));
        _health.Worked(UploadId.New());
        Assert.True(_health.Failed(_mine, outage: false, "500"));
    }

    [Fact]
    public void Credentials_that_work_again_close_a_circuit_that_their_refusal_opened_and_no_other()
    {
        _health.Down("The secret is wrong.");
        Assert.True(_health.IsOpen);
        _health.PutRight();
        Assert.Equal((true, 1), (_health.Works, _worksAgain));

        for (var i = 0; i < RouteHealth.FailuresToOpen; i++) _health.Failed(UploadId.New(), outage: true, "down");
        _health.PutRight();
        Assert.Equal((true, 1), (_health.IsOpen, _worksAgain));
    }

    [Fact]
    public void One_file_that_fails_alone_opens_no_circuit()
    {
        for (var i = 0; i < 3 * RouteHealth.FailuresToOpen; i++) _health.Failed(_mine, outage: false, "500");
        Assert.False(_health.IsOpen);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_keep_the_circuit_open()
    {
        _health.Down("refused");
        _clock.Now -= TimeSpan.FromHours(1);
        Assert.False(_health.MayEnter);
        _clock.Advance(RouteHealth.ProbeWhenDown);
        Assert.True(_health.MayEnter);
    }

    [Fact]
    public void A_run_of_failures_opens_the_circuit_for_one_probe_at_a_time()
    {
        for (var i = 1; i < RouteHealth.FailuresToOpen; i++) _health.Failed(UploadId.New(), outage: true, "down");
        Assert.False(_health.IsOpen);
        _health.Failed(UploadId.New(), outage: true, "down");
        Assert.True(_health.IsOpen);
        Assert.Null(_health.TryEnter());
        _clock.Advance(RouteHealth.LongestBackOff);
        Assert.True(_health.MayEnter);
        var probe = _health.TryEnter();
        Assert.NotNull(probe);
        Assert.False(_health.MayEnter);
        Assert.Null(_health.TryEnter());
        probe.Dispose();
        Assert.NotNull(_health.TryEnter());
        _health.Worked(_mine);
        Assert.False(_health.IsOpen);
        Assert.NotNull(_health.TryEnter());
        Assert.NotNull(_health.TryEnter());
    }

    [Fact]
    public void Only_the_probes_own_end_lets_the_next_one_go()
    {
        var before = _health.TryEnter();
        Assert.NotNull(before);
        _health.Down("no permission");
        _clock.Advance(RouteHealth.ProbeWhenDown);
        var probe = _health.TryEnter();
        Assert.NotNull(probe);

        // Attempts from before the circuit opened end in every way.
        _health.Failed(UploadId.New(), outage: true, "down");
        _health.Down("no permission");
        before.Dispose();
        _clock.Advance(RouteHealth.ProbeWhenDown);
        Assert.Null(_health.TryEnter());

        probe.Dispose();
        using var next = _health.TryEnter();
        Assert.NotNull(next);
        probe.Dispose();
        Assert.Null(_health.TryEnter());
    }

    [Fact]
    public void One_line_comes_for_the_next_probe_and_the_others_stay_away_for_longer()
    {
        _health.Down("no permission");
        Assert.InRange(_health.PutOff(), RouteHealth.ProbeWhenDown, RouteHealth.ProbeWhenDown + TimeSpan.FromSeconds(1));
        for (var i = 0; i < 100; i++) Assert.InRange(_health.PutOff(), RouteHealth.LongestBackOff / 2, RouteHealth.LongestBackOff);
        _clock.Advance(RouteHealth.ProbeWhenDown);
        var probe = _health.TryEnter();
        Assert.NotNull(probe);
        _health.Down("no permission");
        probe.Dispose();
        Assert.InRange(_health.PutOff(), RouteHealth.ProbeWhenDown, RouteHealth.ProbeWhenDown + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_route_has_so_many_places_and_stands_still_when_none_of_its_attempts_ends()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        var passes = Enumerable.Range(0, RouteHealth.MostAttempts).Select(_ => _health.TryEnter()!).ToList();
        Assert.Null(_health.TryEnter());
        Assert.False(_health.StandsStill);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.True(_health.StandsStill);
        passes[0].Dispose();
        passes[0].Dispose();
        Assert.False(_health.StandsStill);
        Assert.NotNull(_health.TryEnter());
        Assert.Null(_health.TryEnter());
        Assert.False(_health.StandsStill);
    }

    [Fact]
    public void A_route_that_refuses_everyone_is_probed_after_a_minute_and_not_before()
    {
        _health.Down("no permission");
        _clock.Advance(RouteHealth.ProbeWhenDown - TimeSpan.FromTicks(1));
        Assert.Null(_health.TryEnter());
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.NotNull(_health.TryEnter());
    }

    [Fact]
    public void The_first_success_after_a_failure_is_told_and_the_others_are_not()
    {
        _health.Worked(_mine);
        Assert.Equal(0, _worksAgain);
        _health.Failed(_mine, outage: true, "down");
        _health.Worked(_mine);
        _health.Worked(_mine);
        Assert.Equal(1, _worksAgain);
        _health.Down("no permission");
        _health.Worked(_mine);
        Assert.Equal(2, _worksAgain);
    }

    [Fact]
    public void Delays_are_jittered_and_at_most_thirty_seconds()
    {
        foreach (var attempts in (int[])[0, 1, 4, 5, 10, 1000])
        {
            var most = TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, attempts)));
            var delays = Enumerable.Range(0, 200).Select(_ => _health.Delay(attempts)).ToList();
            Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromMilliseconds(50), most));
            Assert.Contains(delays, delay => delay > most / 2);
            Assert.Contains(delays, delay => delay < most / 2);
        }
    }
}
