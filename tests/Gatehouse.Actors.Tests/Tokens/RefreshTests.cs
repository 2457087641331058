using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests.Tokens;

public sealed class RefreshTests
{
    private readonly TokenDriver _token = new(new TokenRules(), SchemaSamples.Start);

    [Fact]
    public void One_node_refreshes_while_the_others_wait_and_a_dead_ones_claim_passes_on()
    {
        Assert.NotNull(_token.Lease("a", 1).RefreshFence);
        var other = _token.Lease("b", 1);
        Assert.Equal((null, 0), (other.RefreshFence, other.Permits));
        Assert.True(other.AskAgainAt < other.LeaseUntil);
        _token.Pass(TimeSpan.FromSeconds(15));
        var late = _token.Lease("b", 1).RefreshFence!.Value;
        _token.Ask(new Refreshed(late - 1, new byte[] { 7 }, TimeSpan.FromHours(1)));
        Assert.True(_token.Lease("b", 1).Token.IsEmpty);
        Assert.Equal(new TokenReply.Done(1), _token.Ask(new Refreshed(late, new byte[] { 8 }, TimeSpan.FromHours(1))));
        Assert.Equal(8, _token.Lease("a", 1).Token.Span[0]);
    }

    [Fact]
    public void A_token_is_refreshed_one_to_two_tenths_of_its_life_early_and_used_meanwhile()
    {
        var moments = new List<double>();
        for (var version = 1; version <= 40; version++)
        {
            var begun = _token.WithToken(TimeSpan.FromHours(2)).Now;
            TokenReply.Lease lease;
            while ((lease = _token.Lease("a", 1)).RefreshFence is null) _token.Pass(TimeSpan.FromSeconds(20));
            Assert.False(lease.Token.IsEmpty);
            Assert.True(lease.Permits > 0);
            moments.Add((_token.Now - begun) / TimeSpan.FromHours(2));
            _token.Pass(TimeSpan.FromHours(3));
        }
        Assert.InRange(moments.Min(), 0.80, 0.84);
        Assert.InRange(moments.Max(), 0.86, 0.91);
    }

    [Fact]
    public void A_refused_token_is_dropped_once_and_a_late_refusal_of_the_old_one_is_void()
    {
        _token.WithToken(TimeSpan.FromHours(1));
        _token.Ask(new Invalidate(1));
        var lease = _token.Lease("a", 3);
        Assert.True(lease.Token.IsEmpty);
        _token.Ask(new Refreshed(lease.RefreshFence!.Value, new byte[] { 2 }, TimeSpan.FromHours(1)));
        _token.Ask(new Invalidate(1));
        Assert.Equal(2, _token.Lease("a", 3).Version);
        Assert.Equal(2, _token.Lease("a", 3).Token.Span[0]);
    }

    [Fact]
    public void A_failed_refresh_is_not_tried_again_before_its_time_and_the_old_token_lives_on()
    {
        _token.WithToken(TimeSpan.FromHours(1));
        _token.Pass(TimeSpan.FromMinutes(55));
        _token.Ask(new RefreshFailed(_token.Lease("a", 1).RefreshFence!.Value, TimeSpan.FromMinutes(1)));
        var between = _token.Lease("a", 1);
        Assert.Equal((null, false, 1), (between.RefreshFence, between.Token.IsEmpty, between.Permits));
        _token.Pass(TimeSpan.FromMinutes(1));
        Assert.NotNull(_token.Lease("a", 1).RefreshFence);
    }

    [Fact]
    public void A_changed_secret_is_tried_at_once_though_the_old_one_was_put_off()
    {
        _token.Ask(new RefreshFailed(_token.Lease("a", 1).RefreshFence!.Value, TimeSpan.FromMinutes(1)));
        Assert.Null(_token.Lease("a", 1).RefreshFence);
        _token.Ask(new SecretChanged());
        Assert.NotNull(_token.Lease("a", 1).RefreshFence);
    }

    [Fact]
    public void A_re_run_of_an_ask_gets_the_same_permits_and_takes_none()
    {
        _token.WithToken(TimeSpan.FromHours(1));
        var ask = new TakeLease(UploadId.New(), "a", 5);
        var lease = Assert.IsType<TokenReply.Lease>(_token.Ask(ask));
        var state = _token.State;
        _token.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(lease, _token.Ask(ask));
        Assert.Same(state, _token.State);
    }
}
