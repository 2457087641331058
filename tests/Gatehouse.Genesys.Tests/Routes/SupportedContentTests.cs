using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests.Routes;

/// <summary>Genesys drops a file whose type its profile does not allow and tells nobody: so it is not sent.</summary>
public sealed class SupportedContentTests
{
    private const string Profile = "/supportedcontent/";

    [Theory]
    [InlineData("""[{"type":"*/*"}]""", true)]
    [InlineData("""[{"type":"application/*"}]""", true)]
    [InlineData("""[{"type":"image/png"},{"type":"Application/PDF"}]""", true)]
    [InlineData("""[{"type":"image/*"},{"type":"application/pd"}]""", false)]
    [InlineData("[]", false)]
    public async Task A_type_that_the_profile_does_not_allow_is_refused_with_what_it_allows(string types, bool sent)
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.InboundTypes = types;
        var outcome = await rig.SendAsync(rig.OpenMessaging);
        Assert.Equal(sent ? 1 : 0, rig.Seen("POST", "/inbound/").Count());
        if (sent) return;
        var refused = Assert.IsType<RouteOutcome.Refused>(outcome);
        Assert.Equal(RefusedBecause.TypeNotAllowed, refused.Because);
        Assert.NotNull(refused.AllowedTypes);
    }

    [Fact]
    public async Task The_profile_is_read_once_and_again_when_it_is_old()
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.OpenMessaging);
        rig.Clock.Advance(SupportedContent.KeptFor - TimeSpan.FromSeconds(1));
        await rig.SendAsync(rig.OpenMessaging);
        Assert.Single(rig.Seen("GET", Profile));
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.SendAsync(rig.OpenMessaging);
        Assert.Equal(2, rig.Seen("GET", Profile).Count());
    }

    [Fact]
    public async Task A_type_that_has_just_been_allowed_is_let_through_within_half_a_minute()
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.InboundTypes = "[]";
        Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(rig.OpenMessaging));
        rig.InboundTypes = """[{"type":"application/pdf"}]""";
        Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(rig.OpenMessaging));
        rig.Clock.Advance(SupportedContent.TrustedToRefuseFor);
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(rig.OpenMessaging));
    }

    [Theory]
    [InlineData(403, "")]
    [InlineData(404, "")]
    [InlineData(500, "")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"id":"default"}""")]
    public async Task A_profile_that_cannot_be_read_stops_nothing_but_is_told(int status, string body)
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.Override = context => context.Request.Path.Value!.Contains(Profile, StringComparison.Ordinal);
        rig.Overridden = context => GenesysStub.Answer(context, status, body);
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(rig.OpenMessaging));
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(rig.OpenMessaging));
        Assert.Equal(1, rig.Telemetry.UnreadableProfiles);
        Assert.StartsWith("2401 The supported content profile could not be read", Assert.Single(rig.Log.Lines), StringComparison.Ordinal);
        rig.Clock.Advance(SupportedContent.TriedAgainAfter);
        await rig.SendAsync(rig.OpenMessaging);
        Assert.Equal(2, rig.Telemetry.UnreadableProfiles);
    }

    [Fact]
    public async Task What_was_last_read_still_holds_when_a_later_reading_fails()
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.InboundTypes = """[{"type":"image/png"}]""";
        Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(rig.OpenMessaging));
        rig.Override = context => context.Request.Path.Value!.Contains(Profile, StringComparison.Ordinal);
        rig.Overridden = context => GenesysStub.Answer(context, 503);
        rig.Clock.Advance(SupportedContent.KeptFor);
        Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(rig.OpenMessaging));
    }
}
