namespace Gatehouse.Genesys.Tests;

public sealed class ReadContactTests
{
    [Fact]
    public async Task A_contact_is_read_with_the_one_it_was_merged_into()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = context => GenesysStub.Answer(context, 200, """{"id":"c-1","type":"Curated","firstName":"Ada","lastName":"Lovelace","canonicalContact":{"id":"c-2"}}""");
        var found = Assert.IsType<ContactAnswer.Found>(await rig.Client.ReadContactAsync("external:a/b", new Permit("token-1", 1), CancellationToken.None));
        Assert.Equal(new GenesysContact("c-1", "c-2"), found.Contact);
        var seen = Assert.Single(rig.Stub.Api);
        Assert.Equal(("GET", "/api/v2/externalcontacts/contacts/external%3Aa%2Fb", "Bearer token-1"), (seen.Method, seen.Target, seen.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_contact_that_does_not_exist_is_not_found()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = context => GenesysStub.Answer(context, 404, """{"code":"not.found"}""");
        Assert.IsType<ContactAnswer.NotFound>(await rig.Client.ReadContactAsync("c-1", new Permit("token-1", 1), CancellationToken.None));
        Assert.IsType<ContactAnswer.NotFound>(await rig.Client.ReadContactAsync("..", new Permit("token-1", 1), CancellationToken.None));
        Assert.Single(rig.Stub.Api);
    }

    [Theory]
    [InlineData(200, "no JSON")]
    [InlineData(200, """{"name":"no id"}""")]
    [InlineData(503, "")]
    public async Task Anything_else_is_passed_on(int status, string body)
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = context => GenesysStub.Answer(context, status, body);
        var unknown = Assert.IsType<ContactAnswer.Unknown>(await rig.Client.ReadContactAsync("c-1", new Permit("token-1", 1), CancellationToken.None));
        Assert.Equal(status, Assert.IsType<GenesysAnswer.Answered>(unknown.Answer).Status);
    }
}
