using System.Net;
using System.Text;

namespace Gatehouse.Simulator.Tests.Contacts;

public sealed class CreateTests
{
    private const string Path = "/api/v2/externalcontacts/contacts";

    [Fact]
    public async Task A_created_contact_is_found_by_its_id_and_every_alias()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.Http.PostAsync(Path, Body("""
            {"type": "Curated", "firstName": "Joe", "lastName": "Doe", "workEmail": "Joe@Example.com", "cellPhone": {"display": "+1 704 298 4733"}, "externalIds": [{"externalSource": {"id": "s"}, "value": "A-17"}]}
            """));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var created = await RunningSimulator.JsonOf(reply);
        var id = created.GetProperty("id").GetString()!;
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal("Joe", created.GetProperty("firstName").GetString());

        var contact = await simulator.GetAsync($"{Path}/{id}");
        Assert.Equal("joe@example.com", contact.GetProperty("workEmail").GetString());
        Assert.Equal("+17042984733", contact.GetProperty("workPhone").GetProperty("e164").GetString());
        Assert.Equal("A-17", contact.GetProperty("externalIds")[0].GetProperty("value").GetString());
        foreach (var alias in (string[])["email%3Ajoe%40example.com", "phone%3A%2B17042984733", "external%3AA-17"])
            Assert.Equal(id, (await simulator.GetAsync($"{Path}/{alias}")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_contact_created_twice_shows_by_its_alias_and_lookups_keep_to_the_first()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var first = await simulator.Http.PostAsync(Path, Body("""{"workEmail": "joe@example.com"}"""));
        using var second = await simulator.Http.PostAsync(Path, Body("""{"otherEmail": "JOE@example.com"}"""));
        var id = (await RunningSimulator.JsonOf(first)).GetProperty("id").GetString();
        Assert.NotEqual(id, (await RunningSimulator.JsonOf(second)).GetProperty("id").GetString());
        Assert.Equal(id, (await simulator.GetAsync($"{Path}/email%3Ajoe%40example.com")).GetProperty("id").GetString());

        var known = await simulator.GetAsync("/simulator/contacts");
        Assert.Equal(2, known.GetProperty("times_by_alias").GetProperty("email:joe@example.com").GetInt32());
        Assert.Equal(2, known.GetProperty("created").GetArrayLength());
        using var forgotten = await simulator.Http.DeleteAsync("/simulator/contacts");
        Assert.Equal(HttpStatusCode.NoContent, forgotten.StatusCode);
        Assert.Equal("""{"created":[],"times_by_alias":{}}""", (await simulator.GetAsync("/simulator/contacts")).GetRawText());
    }

    [Theory]
    [InlineData(@"\ud800")]
    [InlineData("\u00ff")]
    public async Task A_text_that_is_no_Unicode_is_no_JSON(string text)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var body = new ByteArrayContent(Encoding.Latin1.GetBytes($"{{\"firstName\": \"{text}\"}}"));
        body.Headers.ContentType = new("application/json");
        using var reply = await simulator.Http.PostAsync("/api/v2/externalcontacts/contacts", body);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("bad.request", (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"workEmail": "joe"}""", "workEmail")]
    [InlineData("""{"cellPhone": "+17042984733"}""", "cellPhone")]
    [InlineData("""{"externalIds": [{}]}""", "externalIds[0].value")]
    [InlineData("""{"externalIds": [{},{},{},{},{},{},{},{},{},{},{}]}""", "externalIds")]
    [InlineData("""{"externalSystemUrl": "example.com"}""", "externalSystemUrl")]
    [InlineData("""{"type": "Person"}""", "type")]
    [InlineData("""{"firstName": 1}""", "firstName")]
    public async Task A_wrong_member_is_refused_by_its_name_and_creates_nothing(string body, string field)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.Http.PostAsync(Path, Body(body));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(field, (await RunningSimulator.ErrorOf(reply)).GetProperty("details")[0].GetProperty("fieldName").GetString());
        Assert.Equal(0, (await simulator.GetAsync("/simulator/contacts")).GetProperty("created").GetArrayLength());
    }

    private static StringContent Body(string json) => new(json, System.Text.Encoding.UTF8, "application/json");
}
