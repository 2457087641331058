using System.Net;
using System.Text.Json;
using Gatehouse.Simulator.Tests.OpenMessaging;

namespace Gatehouse.Simulator.Tests.SupportedContent;

public sealed class ProfileTests
{
    private const string Path = "/api/v2/conversations/messaging/supportedcontent/";

    [Theory]
    [InlineData("default")]
    [InlineData("p-1")]
    public async Task A_profile_allows_what_Genesys_default_one_does(string id)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var profile = await simulator.GetAsync(Path + id);
        Assert.Equal("""{"allow":{"inbound":[{"type":"*/*"}],"outbound":[{"type":"image/gif"},{"type":"image/jpeg"},{"type":"image/png"}]}}""", profile.GetProperty("mediaTypes").GetRawText());
        Assert.NotEmpty(profile.GetProperty("name").GetString()!);
        // By its own id it is found again.
        Assert.Equal(JsonValueKind.Object, (await simulator.GetAsync(Path + profile.GetProperty("id").GetString())).GetProperty("mediaTypes").ValueKind);
    }

    [Fact]
    public async Task The_lists_can_be_replaced()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"inbound_types": ["image/*", "application/pdf"], "outbound_types": []}""");
        var profile = await simulator.GetAsync(Path + "default");
        Assert.Equal("""{"allow":{"inbound":[{"type":"application/pdf"},{"type":"image/*"}],"outbound":[]}}""", profile.GetProperty("mediaTypes").GetRawText());
    }

    [Fact]
    public async Task A_profile_that_a_fault_hides_is_not_found_and_what_is_no_id_is_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"unknown_profiles": ["p-1"]}""");
        using var hidden = await simulator.Http.GetAsync(Path + "p-1");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal("not.found", (await RunningSimulator.ErrorOf(hidden)).GetProperty("code").GetString());
        using var wrong = await simulator.Http.GetAsync(Path + "p%201");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Theory]
    [InlineData("[]", "application/pdf", "dropped")]
    [InlineData("""["image/*"]""", "application/pdf", "dropped")]
    [InlineData("""["image/*"]""", "image/png", "fetched")]
    [InlineData("""["Application/PDF"]""", "application/pdf; x=1", "fetched")]
    [InlineData("""["*/*"]""", "application/pdf", "fetched")]
    public async Task A_file_of_a_type_that_is_not_allowed_is_dropped_without_a_word(string inbound, string mime, string becomes)
    {
        await using var files = await FileServer.ServingAsync([1, 2, 3], mime);
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync($$"""{"inbound_types": {{inbound}}}""");
        using var reply = await simulator.MessageAsync(OpenMessages.File(files.Url, mime));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(1, (await RunningSimulator.JsonOf(reply)).GetProperty("content").GetArrayLength());
        Assert.Equal(becomes, Assert.Single(await simulator.ReceivedAsync()).GetProperty("attachment").GetString());
        Assert.Equal(becomes is "dropped" ? 0 : 1, files.Asked.Count);
    }

    [Fact]
    public async Task A_link_is_no_media_and_stays()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"inbound_types": []}""");
        using var reply = await simulator.MessageAsync(OpenMessages.File("http://127.0.0.1:1/", mediaType: "Link"));
        Assert.Equal("not-fetched", Assert.Single(await simulator.ReceivedAsync()).GetProperty("attachment").GetString());
    }
}
