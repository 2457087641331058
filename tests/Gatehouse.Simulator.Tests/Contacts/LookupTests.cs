using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gatehouse.Simulator.Tests.Contacts;

public sealed class LookupTests
{
    private const string Path = "/api/v2/externalcontacts/identifierlookup/contacts";

    [Theory]
    [InlineData("Email", "joe@example.com", " Joe@Example.com")]
    [InlineData("Phone", "+17042984733", "+1 (704) 298-4733")]
    [InlineData("ExternalId", "A-17", "A-17")]
    [InlineData("Cookie", "c", "c")]
    public async Task The_same_identifier_always_finds_the_same_contact(string type, string value, string otherwise)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var id = await FindAsync(simulator, type, value);
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal(id, await FindAsync(simulator, type, otherwise));
        Assert.NotEqual(id, await FindAsync(simulator, type, value + "1"));
        using var contact = await simulator.ContactAsync(id);
        Assert.Equal(HttpStatusCode.OK, contact.StatusCode);
    }

    [Theory]
    [InlineData("email:joe@example.com")]
    [InlineData("joe@example.com")]
    public async Task A_contact_that_a_fault_hides_is_found_only_once_it_is_created(string hidden)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync(JsonSerializer.Serialize(new { unknown_contacts = new[] { hidden } }));
        using var none = await LookupAsync(simulator, "Email", "joe@example.com");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal("not.found", (await RunningSimulator.ErrorOf(none)).GetProperty("code").GetString());

        using var created = await simulator.Http.PostAsJsonAsync("/api/v2/externalcontacts/contacts", new { workEmail = "joe@example.com" });
        var id = (await RunningSimulator.JsonOf(created)).GetProperty("id").GetString();
        Assert.Equal(id, await FindAsync(simulator, "Email", "joe@example.com"));
    }

    [Theory]
    [InlineData("""{"value": "a"}""", "type")]
    [InlineData("""{"type": "email", "value": "a"}""", "type")]
    [InlineData("""{"type": "Email"}""", "value")]
    [InlineData("""{"type": "Phone", "value": "17042984733"}""", "value")]
    [InlineData("""{"type": "Phone", "value": "+1704CALLME"}""", "value")]
    public async Task What_is_no_identifier_is_refused(string body, string field)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.Http.PostAsJsonAsync(Path, JsonDocument.Parse(body).RootElement);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(field, (await RunningSimulator.ErrorOf(reply)).GetProperty("details")[0].GetProperty("fieldName").GetString());
    }

    [Fact]
    public async Task A_value_of_255_characters_is_taken_and_a_longer_one_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var longest = await LookupAsync(simulator, "ExternalId", new string('x', 255));
        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        using var longer = await LookupAsync(simulator, "ExternalId", new string('x', 256));
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
    }

    private static async Task<string> FindAsync(RunningSimulator simulator, string type, string value)
    {
        using var reply = await LookupAsync(simulator, type, value);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (await RunningSimulator.JsonOf(reply)).GetProperty("id").GetString()!;
    }

    private static Task<HttpResponseMessage> LookupAsync(RunningSimulator simulator, string type, string value) => simulator.Http.PostAsJsonAsync(Path, new { type, value });
}
