using System.Text;
using System.Text.Json;
using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests;

/// <summary>Which contact an upload goes to, and what finding that out costs.</summary>
public sealed class ContactResolverTests
{
    private const string Ada = "11111111-1111-4111-8111-111111111111";
    private const string Merged = "22222222-2222-4222-8222-222222222222";

    [Theory]
    [InlineData("email:ada@example.org", "Email", "ada@example.org")]
    [InlineData("phone:+15550100", "Phone", "+15550100")]
    [InlineData("external:crm/7", "ExternalId", "crm/7")]
    public async Task An_alias_is_looked_up_once_and_the_contact_it_names_gets_the_file(string contact, string type, string value)
    {
        await using var rig = await StartAsync(_ => (200, Contact(Ada)));
        for (var i = 0; i < 3; i++) Assert.Equal(Ada, Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(RouteRig.Upload(contact: contact))).GenesysContactId);
        var lookup = Assert.Single(rig.Stub.Api, seen => IsLookup(seen));
        Assert.Equal((type, value), (Member(lookup, "type"), Member(lookup, "value")));
        Assert.Equal(3, rig.Stub.Api.Count(seen => seen.Target.EndsWith($"/{Ada}/attachments", StringComparison.Ordinal)));
        Assert.Equal(4, rig.Stub.Api.Count);
    }

    [Fact]
    public async Task A_plain_id_costs_no_request_and_a_GUID_one_where_merged_ones_are_followed_from_the_first()
    {
        await using (var rig = await StartAsync(_ => (200, Contact(Ada))))
        {
            for (var i = 0; i < 2; i++) await rig.SendAsync(RouteRig.Upload(contact: "crm-7"));
            Assert.Equal(2, rig.Stub.Api.Count);
            for (var i = 0; i < 2; i++) await rig.SendAsync(RouteRig.Upload(contact: Ada));
            Assert.Equal(5, rig.Stub.Api.Count);
        }

        await using var plain = await StartAsync(_ => (500, ""), new ContactOptions());
        Assert.IsType<RouteOutcome.Sent>(await plain.SendAsync(RouteRig.Upload(contact: Ada)));
        Assert.Single(plain.Stub.Api);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_GUID_that_may_not_or_cannot_be_read_stands_for_itself(int status)
    {
        await using var rig = await StartAsync(_ => (status, ""));
        for (var i = 0; i < 2; i++) Assert.Equal(Ada, Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(RouteRig.Upload(contact: Ada))).GenesysContactId);
        Assert.Equal(3, rig.Stub.Api.Count);
    }

    [Fact]
    public async Task What_an_earlier_delivery_found_is_known_after_a_restart_and_on_every_node()
    {
        await using var rig = await StartAsync(_ => (500, ""));
        rig.Rows.Rows.Add(RouteRig.Upload(contact: "email:ada@example.org") with { Status = UploadStatus.Failed });
        rig.Rows.Rows.Add(RouteRig.Upload(contact: "email:ada@example.org") with { Status = UploadStatus.Delivered, GenesysContactId = Ada });
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(RouteRig.Upload(contact: "email:ada@example.org")));
        Assert.Equal($"/api/v2/externalcontacts/{Ada}/attachments", Assert.Single(rig.Stub.Api).Target);
    }

    [Fact]
    public async Task A_merged_contact_is_followed_to_the_one_it_stands_for()
    {
        await using var rig = await StartAsync(_ => (200, Contact(Merged, canonical: Ada)));
        Assert.Equal(Ada, (await rig.SendAsync(RouteRig.Upload(contact: "phone:+15550100"))).GenesysContactId);

        rig.Stub.Api.Clear();
        for (var i = 0; i < 2; i++) Assert.Equal(Ada, Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(RouteRig.Upload(contact: Merged))).GenesysContactId);
        Assert.Equal(
            [$"GET /api/v2/externalcontacts/contacts/{Merged}", $"POST /api/v2/externalcontacts/{Ada}/attachments", $"POST /api/v2/externalcontacts/{Ada}/attachments"],
            rig.Stub.Api.Select(seen => $"{seen.Method} {seen.Target}"));
    }

    [Fact]
    public async Task A_contact_that_was_merged_after_it_was_found_is_followed_at_its_first_404()
    {
        await using var rig = await StartAsync(_ => (200, Contact(Merged, canonical: Ada)));
        rig.Rows.Rows.Add(RouteRig.Upload(contact: Merged) with { Status = UploadStatus.Delivered, GenesysContactId = Merged });
        for (var i = 0; i < 2; i++) Assert.Equal(Ada, Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(RouteRig.Upload(contact: Merged))).GenesysContactId);
        Assert.Equal(
            [$"POST /api/v2/externalcontacts/{Merged}/attachments", $"GET /api/v2/externalcontacts/contacts/{Merged}", $"POST /api/v2/externalcontacts/{Ada}/attachments", $"POST /api/v2/externalcontacts/{Ada}/attachments"],
            rig.Stub.Api.Select(seen => $"{seen.Method} {seen.Target}"));
    }

    [Fact]
    public async Task Unless_merged_contacts_are_followed_from_the_first_a_GUID_is_read_at_its_first_404()
    {
        await using var rig = await StartAsync(_ => (200, Contact(Merged, canonical: Ada)), new ContactOptions());
        for (var i = 0; i < 2; i++) Assert.Equal(Ada, Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(RouteRig.Upload(contact: Merged))).GenesysContactId);
        Assert.Equal(
            [$"POST /api/v2/externalcontacts/{Merged}/attachments", $"GET /api/v2/externalcontacts/contacts/{Merged}", $"POST /api/v2/externalcontacts/{Ada}/attachments", $"POST /api/v2/externalcontacts/{Ada}/attachments"],
            rig.Stub.Api.Select(seen => $"{seen.Method} {seen.Target}"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_GUID_whose_delivery_is_answered_404_and_that_may_not_or_cannot_be_read_is_not_found(int status)
    {
        await using var rig = await StartAsync(_ => (status, ""), new ContactOptions());
        Assert.Equal(RefusedBecause.ContactNotFound, Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(RouteRig.Upload(contact: Merged))).Because);
        Assert.Equal(2, rig.Stub.Api.Count);
    }

    [Fact]
    public async Task A_contact_that_is_gone_is_looked_up_anew_before_the_upload_is_refused()
    {
        var named = Merged;
        await using var rig = await StartAsync(_ => (200, Contact(named)));
        // Merged answers 404 to attachments: known first, then another one has taken its address.
        var refused = Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(RouteRig.Upload(contact: "email:ada@example.org")));
        Assert.Equal(RefusedBecause.ContactNotFound, refused.Because);
        Assert.Equal(2, rig.Stub.Api.Count(IsLookup));
        named = Ada;
        Assert.Equal(Ada, Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(RouteRig.Upload(contact: "email:ada@example.org"))).GenesysContactId);
    }

    [Fact]
    public async Task A_missing_contact_is_refused_and_made_where_that_is_wanted()
    {
        await using (var rig = await StartAsync(_ => (404, "")))
        {
            Assert.Equal(RefusedBecause.ContactNotFound, Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(RouteRig.Upload(contact: "email:ada@example.org"))).Because);
            Assert.True(IsLookup(Assert.Single(rig.Stub.Api)));
        }

        await using var making = await StartAsync(seen => IsLookup(seen) ? (404, "") : (200, Contact(Ada)), new ContactOptions { CreateMissing = true, ExternalSource = "33333333-3333-4333-8333-333333333333" });
        foreach (var contact in new[] { "email:ada@example.org", "phone:+15550100", "external:crm/7" }) Assert.IsType<RouteOutcome.Sent>(await making.SendAsync(RouteRig.Upload(contact: contact)));
        var made = making.Stub.Api.Where(seen => seen.Target is "/api/v2/externalcontacts/contacts").Select(seen => JsonDocument.Parse(seen.Body).RootElement).ToList();
        Assert.Equal("ada@example.org", made[0].GetProperty("personalEmail").GetString());
        Assert.Equal("+15550100", made[1].GetProperty("cellPhone").GetProperty("e164").GetString());
        Assert.Equal("33333333-3333-4333-8333-333333333333", made[2].GetProperty("externalIds")[0].GetProperty("externalSource").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(503, true)]
    public async Task Trouble_in_a_search_is_the_attempts_trouble_and_nothing_was_sent(int status, bool outage)
    {
        await using var rig = await StartAsync(_ => (status, ""));
        Assert.Equal(outage, Assert.IsType<RouteOutcome.Trouble>(await rig.SendAsync(RouteRig.Upload(contact: "email:ada@example.org"))).Outage);
        Assert.Single(rig.Stub.Api);
    }

    [Theory]
    [InlineData(403, typeof(RouteOutcome.RouteDown))]
    [InlineData(429, typeof(RouteOutcome.RateLimited))]
    [InlineData(400, typeof(RouteOutcome.Refused))]
    public async Task What_a_search_is_answered_means_what_it_means_elsewhere(int status, Type outcome)
    {
        await using var rig = await StartAsync(_ => (status, """{"code":"bad.request"}"""));
        Assert.IsType(outcome, await rig.SendAsync(RouteRig.Upload(contact: "email:ada@example.org")));
    }

    [Fact]
    public async Task The_youngest_five_thousand_contacts_are_remembered_and_no_more_than_ten_thousand()
    {
        var known = new KnownContacts();
        for (var i = 0; i < 12_000; i++)
        {
            known.Remember($"email:{i}", $"{i}");
            if (i % 1000 == 0) Assert.Equal("0", known.Find("email:0"));
        }
        Assert.Equal("11999", known.Find("email:11999"));
        Assert.Null(known.Find("email:500"));
        await Task.CompletedTask;
    }

    /// <summary>Attachments arrive, but for the contact that was merged; anything else is answered as the test says.</summary>
    private static async Task<RouteRig> StartAsync(Func<Seen, (int Status, string Body)> contacts, ContactOptions? options = null)
    {
        var rig = await RouteRig.StartAsync(contacts: options ?? new ContactOptions { FollowMerged = true });
        rig.Stub.OnApi = context =>
        {
            if (context.Request.Path.Value!.EndsWith("/attachments", StringComparison.Ordinal)) return GenesysStub.Answer(context, context.Request.Path.Value.Contains(Merged, StringComparison.Ordinal) ? 404 : 200, "{}");
            var (status, body) = contacts(rig.Stub.Api.Last());
            return GenesysStub.Answer(context, status, body);
        };
        return rig;
    }

    private static bool IsLookup(Seen seen) => seen is { Method: "POST", Target: "/api/v2/externalcontacts/identifierlookup/contacts" };

    private static string Contact(string id, string? canonical = null) =>
        canonical is null ? $$"""{"id":"{{id}}"}""" : $$$"""{"id":"{{{id}}}","canonicalContact":{"id":"{{{canonical}}}"}}""";

    private static string? Member(Seen seen, string name) => JsonDocument.Parse(Encoding.UTF8.GetString(seen.Body)).RootElement.GetProperty(name).GetString();
}
