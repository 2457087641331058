using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

/// <summary>Several OAuth clients in the place of one.</summary>
public sealed class ClientListTests
{
    private static readonly (string Key, string Value)[] Two =
    [
        ("Genesys:Region", "mypurecloud.de"), ("Delivery:Route", "contact-attachments"),
        ("Genesys:Clients:0:ClientId", "first"), ("Genesys:Clients:0:ClientSecret", "s3cret-1"), ("Genesys:Clients:1:ClientId", "second"), ("Genesys:Clients:1:ClientSecret", "s3cret-2"),
    ];

    [Fact]
    public void Two_clients_are_read_and_their_secrets_are_not_shown()
    {
        var read = Configured.Read(Two);
        Assert.Empty(read.Problems);
        Assert.Equal([("first", "s3cret-1"), ("second", "s3cret-2")], read.Options.Genesys.ToGenesys().Secrets().Select(c => (c.ClientId, c.ClientSecret)));
        Assert.DoesNotContain(read.Options.Genesys.Clients, client => client.ToString().Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain(Configured.Shown(Two), value => value.Value.Contains("s3cret", StringComparison.Ordinal));
        Assert.Contains(Configured.Shown(Two), value => value is { Key: "Genesys:Clients:1:ClientId", Value: "second" });
    }

    [Theory]
    [InlineData("Genesys:ClientId", "third", "the one client or the list, not both")]
    [InlineData("Genesys:Clients:1:ClientId", "first", "names \"first\" twice")]
    [InlineData("Genesys:Clients:1:ClientSecret", "with space", "Genesys:Clients:1:ClientSecret is not usable")]
    public void A_list_that_cannot_be_meant_stops_the_start(string key, string value, string sentence) =>
        Assert.Contains(sentence, Assert.Single(GatehouseOptions.Read(Configured.With(Two, [(key, value)]), "Development").Problems), StringComparison.Ordinal);
}
