using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

/// <summary>Which routes an upload may choose among: those that are configured.</summary>
public sealed class RouteOfferTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void Nothing_but_the_default_is_on_offer_by_itself() => Assert.Equal(["contact-attachments"], Offered());

    [Fact]
    public void A_route_whose_section_is_filled_in_is_on_offer() =>
        Assert.Equal(["contact-attachments", "open-messaging"], Offered(("OpenMessaging:IntegrationId", "i1")));

    [Fact]
    public void A_route_without_a_section_is_on_offer_where_it_is_named() => Assert.Equal(["contact-attachments", "agent-media"], Offered(("Delivery:Offer", "agent-media")));

    [Fact]
    public void Web_messaging_needs_its_deployment_a_key_and_an_address()
    {
        Assert.Equal(
            ["contact-attachments", "web-messaging"],
            Offered(("WebMessaging:DeploymentId", "d1"), ("WebMessaging:TokenKey", Key)));
        var region = Configured.Read(
            ("WebMessaging:DeploymentId", "d1"), ("WebMessaging:TokenKey", Key), ("Delivery:Route", "web-messaging"), ("Genesys:Region", "mypurecloud.de"), ("Genesys:ClientId", "c"), ("Genesys:ClientSecret", "s"));
        Assert.Empty(region.Problems);
        Assert.Equal("wss://webmessaging.mypurecloud.de/v1", region.Options.WebMessaging.ToGenesys(region.Options.Genesys.ToGenesys().WebMessagingHost()).Address.AbsoluteUri);
    }

    [Fact]
    public void The_embedded_simulator_takes_guests_too() =>
        Assert.Equal("ws://127.0.0.1:8090/v1", Configured.Read(("WebMessaging:DeploymentId", "d1"), ("WebMessaging:TokenKey", Key)).Options.WebMessaging.Address);

    [Theory]
    [InlineData("10485761", "10485761", true)]
    [InlineData("10485761", "10485760", false)]
    [InlineData("67108864", "67108864", true)]
    [InlineData("10485760", "0", true)]
    public void More_than_the_route_carries_is_let_in_only_where_it_goes_as_a_link(string limit, string large, bool starts)
    {
        var problems = Configured.Read(("Limits:MaxFileBytes", limit), ("LargeFiles:MaxFileBytes", large)).Problems;
        Assert.Equal(starts, problems.Count == 0);
        if (!starts) Assert.Contains("or LargeFiles:MaxFileBytes at least as much", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Offered(params (string Key, string Value)[] settings)
    {
        var read = Configured.Read(settings);
        Assert.Empty(read.Problems);
        return RouteOffer.Of(read.Options);
    }
}
