using System.Net.Http.Json;
using System.Text.Json;

namespace Gatehouse.Simulator.Tests.Contacts;

public sealed class MergeTests
{
    [Theory]
    [InlineData("c-1", "c-3")]
    [InlineData("C-2", "c-3")]
    [InlineData("c-3", "c-3")]
    public async Task A_merged_contact_names_the_head_of_its_tree_and_the_head_names_itself(string asked, string head)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"merged_contacts": {"c-1": "c-2", "c-2": "c-3"}}""");
        var contact = await simulator.GetAsync($"/api/v2/externalcontacts/contacts/{asked}");
        Assert.Equal(asked, contact.GetProperty("id").GetString());
        Assert.Equal(head, contact.GetProperty("canonicalContact").GetProperty("id").GetString());
        Assert.Equal(["c-3", "c-1", "c-2"], contact.GetProperty("mergeSet").EnumerateArray().Select(member => member.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_contact_that_was_never_merged_names_none()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"merged_contacts": {"c-1": "c-2"}}""");
        Assert.False((await simulator.GetAsync("/api/v2/externalcontacts/contacts/c-9")).TryGetProperty("canonicalContact", out _));
    }

    [Fact]
    public async Task A_merge_can_be_planted_by_what_the_contact_is_looked_up_with()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"merged_contacts": {"email:joe@example.com": "c-2"}}""");
        using var reply = await simulator.Http.PostAsJsonAsync("/api/v2/externalcontacts/identifierlookup/contacts", new { type = "Email", value = "joe@example.com" });
        Assert.Equal("c-2", (await RunningSimulator.JsonOf(reply)).GetProperty("canonicalContact").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_merge_that_goes_round_is_answered_all_the_same()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"merged_contacts": {"c-1": "c-2", "c-2": "c-1"}}""");
        var contact = await simulator.GetAsync("/api/v2/externalcontacts/contacts/c-1");
        Assert.Equal(JsonValueKind.Object, contact.GetProperty("canonicalContact").ValueKind);
    }
}
