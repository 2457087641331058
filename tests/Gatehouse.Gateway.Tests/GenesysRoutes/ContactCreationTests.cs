using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.GenesysRoutes;

/// <summary>Contacts that Genesys does not know, made at delivery.</summary>
public sealed class ContactCreationTests : GatewayAtSimulator
{
    private static readonly string[] Contacts = ["email:ada@example.org", "email:grace@example.org", "phone:+15550100200", "external:crm-7"];

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Contacts = new ContactsSettings { CreateMissing = true, FollowMerged = true } };

    [Fact]
    public async Task Each_is_made_once_however_many_uploads_come_at_a_time_and_replies_are_lost()
    {
        await Genesys.FaultsAsync(new { unknown_contacts = Contacts, drop_after_reply_rate = 0.3 });
        var accepted = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Gateway.UploadAsync(Contacts[i % Contacts.Length], $"file {i}", prefer: "respond-async")));
        Assert.All(accepted, answer => Assert.Equal(202, answer.Status));
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var answer in accepted)
        {
            var upload = await Gateway.UntilAsync(answer.Location, "delivered");
            var (contact, found) = (upload.GetProperty("contact_id").GetString()!, upload.GetProperty("genesys_contact_id").GetString()!);
            Assert.Equal(named.TryGetValue(contact, out var before) ? before : named[contact] = found, found);
        }

        var made = await Genesys.ContactsAsync();
        Assert.Equal(Contacts.Length, made.GetProperty("times_by_alias").EnumerateObject().Count());
        Assert.All(made.GetProperty("times_by_alias").EnumerateObject(), alias => Assert.Equal(1, alias.Value.GetInt32()));
    }

    [Fact]
    public async Task One_that_was_merged_is_followed_and_shown()
    {
        const string old = "11111111-1111-4111-8111-111111111111";
        const string head = "22222222-2222-4222-8222-222222222222";
        await Genesys.FaultsAsync(new { merged_contacts = new Dictionary<string, string>(StringComparer.Ordinal) { [old] = head } });
        for (var i = 0; i < 2; i++) Assert.Equal(head, (await Gateway.UploadAsync(old, $"file {i}")).Body.GetProperty("upload").GetProperty("genesys_contact_id").GetString());
        Assert.All(await Genesys.ReceivedAsync(), received => Assert.Equal(head, received.GetProperty("contact_id").GetString()));
        Assert.Equal(1, (await Genesys.StatsAsync()).GetProperty("calls").GetProperty("GET /api/v2/externalcontacts/contacts/{contactId}").GetProperty("200").GetInt32());

        await RestartAsync();
        await Gateway.UploadAsync(old, "file 2");
        Assert.Equal(1, (await Genesys.StatsAsync()).GetProperty("calls").GetProperty("GET /api/v2/externalcontacts/contacts/{contactId}").GetProperty("200").GetInt32());
    }
}
