using System.Text;
using System.Text.Json;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests.Routes;

public sealed class AgentMediaTests
{
    [Fact]
    public async Task The_file_is_put_where_Genesys_says_and_sent_when_it_is_valid()
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.MediaStatuses.Clear();
        foreach (var status in new[] { "uploading", "valid" }) rig.MediaStatuses.Enqueue(status);
        Assert.Equal("""{"id":"m-2"}""", Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(rig.AgentMedia)).Result);
        Assert.Equal(["GET", "POST", "PUT", "GET", "GET", "POST"], rig.Stub.Api.Select(s => s.Method));
        var calls = rig.Stub.Api.ToList();
        Assert.Equal("""{"fileName":"return_slip.pdf","contentLengthBytes":5}""", Encoding.UTF8.GetString(calls[1].Body));
        Assert.Equal("""{"mediaIds":["media-1"]}""", Encoding.UTF8.GetString(calls[5].Body));
        Assert.Equal("/put/here?signature=a%2Fb", calls[2].Target);
        Assert.Equal("hello", Encoding.UTF8.GetString(calls[2].Body));
    }

    [Fact]
    public async Task The_upload_carries_exactly_the_given_headers_and_no_token()
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.AgentMedia);
        var put = Assert.Single(rig.Seen("PUT", "/put/"));
        Assert.Equal(["Content-Length", "Content-Type", "Host", "x-amz-tagging"], put.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(("a=b", "application/pdf"), (put.Headers["x-amz-tagging"], put.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Every_request_to_the_API_has_a_permit_of_its_own_and_the_upload_needs_none()
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.AgentMedia);
        Assert.Equal((5, 4), (rig.Stub.Api.Count, rig.Gate.Taken));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"purpose":"customer","messages":[{"id":"c","state":"connected"}]}]""")]
    [InlineData("""[{"purpose":"agent","messages":[{"id":"a","state":"alerting"}]}]""")]
    [InlineData("""[{"purpose":"agent","messages":[{"id":"a","state":"disconnected"}]},{"purpose":"acd","messages":[{"id":"q","state":"connected"}]}]""")]
    public async Task It_waits_for_an_agent(string participants)
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.Participants = participants;
        Assert.IsType<RouteOutcome.NotYet>(await rig.SendAsync(rig.AgentMedia));
        Assert.Single(rig.Stub.Api);
    }

    [Fact]
    public async Task After_a_transfer_it_goes_by_the_agent_who_is_there_now()
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.Participants = """[{"purpose":"agent","messages":[{"id":"gone","state":"disconnected"}]},{"purpose":"agent","messages":[{"id":"leg-1","state":"connected"}]}]""";
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(rig.AgentMedia));
    }

    [Fact]
    public async Task A_conversation_that_has_ended_is_refused()
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.Participants = """[],"endTime":"2026-03-01T11:00:00Z" """;
        Assert.Equal("refused Other", EveryStatusTests.Shown(await rig.SendAsync(rig.AgentMedia)));
    }

    [Fact]
    public async Task A_file_that_Genesys_finds_invalid_is_refused_and_not_sent()
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.MediaStatuses.Clear();
        rig.MediaStatuses.Enqueue("invalid");
        Assert.Equal("refused Other", EveryStatusTests.Shown(await rig.SendAsync(rig.AgentMedia)));
        Assert.DoesNotContain(rig.Stub.Api, s => s.Target.EndsWith("/messages?useNormalizedMessage=true", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"id":"media-1","uploadUrl":"/relative"}""")]
    [InlineData("""{"id":"media-1","uploadUrl":"ftp://somewhere/x"}""")]
    [InlineData("""{"id":"media-1","uploadUrl":"http://u:p@127.0.0.1/x"}""")]
    [InlineData("""{"id":"media-1","uploadUrl":"http://127.0.0.1/x","uploadHeaders":{"a":"b\r\nc: d"}}""")]
    [InlineData("""{"uploadUrl":"http://127.0.0.1/x"}""")]
    [InlineData("nonsense")]
    public async Task An_address_that_is_none_is_trouble_of_this_upload(string body)
    {
        await using var rig = await RoutesRig.StartAsync();
        rig.Override = context => context.Request.Path.Value!.EndsWith("/uploads", StringComparison.Ordinal);
        rig.Overridden = context => GenesysStub.Answer(context, 200, body);
        Assert.Equal("own", EveryStatusTests.Shown(await rig.SendAsync(rig.AgentMedia)));
        Assert.Equal(2, rig.Stub.Api.Count);
    }

    [Theory]
    [InlineData("plan.pdf", "plan.pdf")]
    [InlineData(".hidden", "_.hidden")]
    [InlineData("a b\\c{d}^e%`]\">[~<#|f/", "a_b_c_d__e__________f_")]
    public async Task A_name_is_made_fit_for_Genesys(string name, string fit)
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.AgentMedia, RoutesRig.Upload(filename: name));
        Assert.Equal(fit, JsonSerializer.Deserialize<JsonElement>(Assert.Single(rig.Seen("POST", "/uploads")).Body).GetProperty("fileName").GetString());
    }

    [Fact]
    public async Task A_larger_file_goes_as_a_text_with_its_link()
    {
        await using var rig = await RoutesRig.StartAsync();
        var route = new LargeFileRoute(rig.AgentMedia, rig.AgentMedia, 64 * 1024 * 1024);
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(route, RoutesRig.Upload(size: 50_000_000)));
        var text = Encoding.UTF8.GetString(Assert.Single(rig.Seen("POST", "/messages?useNormalizedMessage=true")).Body);
        Assert.Equal(
            """{"textBody":"File \u0022return slip.pdf\u0022 (application/pdf, 50.0 MB): https://files.example/00000000000000000123456789abcdef?n=1\nThe link works until 2026-03-08 12:30 UTC."}""", text);
    }
}
