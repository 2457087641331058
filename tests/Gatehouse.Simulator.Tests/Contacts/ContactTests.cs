using System.Net;

namespace Gatehouse.Simulator.Tests.Contacts;

public sealed class ContactTests
{
    [Theory]
    [InlineData("c-1", "c-1")]
    [InlineData("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000001")]
    [InlineData("email%3Ajoe%40example.com", "email:joe@example.com")]
    [InlineData("external%3Aa%2Fb%252F%3Fc", "external:a/b%2F?c")]
    public async Task Every_well_formed_contact_exists(string segment, string id)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.ContactAsync(segment);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(id, (await RunningSimulator.JsonOf(reply)).GetProperty("id").GetString());
        Assert.NotEmpty(reply.Headers.GetValues("ININ-Correlation-Id"));
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("joe%40example.com")]
    [InlineData("email%3A")]
    [InlineData("external%3Aa%0Ab")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_contact_id_is_refused(string segment)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.ContactAsync(segment);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("bad.request", (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());

        using var attached = await simulator.AttachAsync([1], segment);
        Assert.Equal(HttpStatusCode.BadRequest, attached.StatusCode);
    }

    [Fact]
    public async Task A_contact_that_a_fault_hides_is_not_found_and_gets_no_attachment()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"unknown_contacts": ["c-1", "email:Joe@Example.com"]}""");
        foreach (var id in (string[])["c-1", "C-1", "email%3Ajoe%40example.com"])
        {
            using var contact = await simulator.ContactAsync(id);
            Assert.Equal(HttpStatusCode.NotFound, contact.StatusCode);
            Assert.Equal("not.found", (await RunningSimulator.ErrorOf(contact)).GetProperty("code").GetString());
            using var attached = await simulator.AttachAsync([1, 2, 3], id);
            Assert.Equal(HttpStatusCode.NotFound, attached.StatusCode);
        }

        using var other = await simulator.AttachAsync([1, 2, 3], "c-2");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal("c-2", Assert.Single(await simulator.ReceivedAsync()).GetProperty("contact_id").GetString());
    }

    [Fact]
    public async Task Other_paths_of_the_api_are_not_found_as_Genesys_says_it()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.Http.GetAsync("/api/v2/webchat/guest/conversations");
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("not.found", (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());
    }
}
