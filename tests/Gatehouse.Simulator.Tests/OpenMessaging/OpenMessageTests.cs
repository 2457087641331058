using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Gatehouse.Simulator.Tests.OpenMessaging;

public sealed class OpenMessageTests
{
    [Fact]
    public async Task A_text_is_answered_with_the_normalised_message_and_recorded()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var message = OpenMessages.Text("hello", "joe@example.com", "m-1");
        message["channel"]!["from"]!["idType"] = "Email";
        message["metadata"] = new JsonObject { ["verdict"] = "accept" };
        message["channel"]!["metadata"] = new JsonObject { ["customAttributes"] = new JsonObject { ["k"] = "v" } };
        using var reply = await simulator.MessageAsync(message);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var answer = await RunningSimulator.JsonOf(reply);
        Assert.True(Guid.TryParse(answer.GetProperty("id").GetString(), out _));
        Assert.Equal("Text", answer.GetProperty("type").GetString());
        Assert.Equal("hello", answer.GetProperty("text").GetString());
        Assert.Equal("accept", answer.GetProperty("metadata").GetProperty("verdict").GetString());
        var channel = answer.GetProperty("channel");
        Assert.Equal("int-1", channel.GetProperty("to").GetProperty("id").GetString());
        Assert.Equal("Open", channel.GetProperty("platform").GetString());
        Assert.Equal("m-1", channel.GetProperty("messageId").GetString());
        Assert.Equal("2026-11-22T12:00:00.000Z", channel.GetProperty("time").GetString());
        Assert.Equal("joe@example.com", channel.GetProperty("from").GetProperty("id").GetString());
        Assert.Equal("Joe", channel.GetProperty("from").GetProperty("nickname").GetString());
        Assert.Equal("v", channel.GetProperty("metadata").GetProperty("customAttributes").GetProperty("k").GetString());
        Assert.False(answer.TryGetProperty("conversationId", out _));

        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("open-messaging", receipt.GetProperty("route").GetString());
        Assert.Equal("joe@example.com", receipt.GetProperty("contact_id").GetString());
        Assert.Equal("Email", receipt.GetProperty("sender_type").GetString());
        Assert.Equal("m-1", receipt.GetProperty("message_id").GetString());
        Assert.Equal("hello", receipt.GetProperty("text").GetString());
        Assert.Equal("int-1", receipt.GetProperty("integration_id").GetString());
        Assert.Equal("accept", receipt.GetProperty("metadata").GetProperty("verdict").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, receipt.GetProperty("size").ValueKind);
        Assert.False(receipt.TryGetProperty("attachment", out _));
    }

    [Fact]
    public async Task The_conversation_is_told_when_asked_for_and_stays_with_the_customer()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        const string asking = OpenMessages.Path + "?prefetchConversationId=true";
        var first = await ConversationAsync(OpenMessages.Text(messageId: "m-1"));
        Assert.True(Guid.TryParse(first, out _));
        Assert.Equal(first, await ConversationAsync(OpenMessages.Text(messageId: "m-2")));
        Assert.NotEqual(first, await ConversationAsync(OpenMessages.Text(sender: "c-2")));
        Assert.Equal(first, (await simulator.ReceivedAsync())[1].GetProperty("conversation_id").GetString());

        async Task<string?> ConversationAsync(JsonObject message)
        {
            using var reply = await simulator.MessageAsync(message, asking);
            return (await RunningSimulator.JsonOf(reply)).GetProperty("conversationId").GetString();
        }
    }

    [Theory]
    [InlineData(OpenMessages.Path)]
    [InlineData(OpenMessages.OldPath)]
    public async Task The_longer_shape_of_older_clients_is_taken_on_both_paths(string path)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.MessageAsync(Older("int-1"), path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("open-messaging", receipt.GetProperty("route").GetString());
        Assert.Equal("int-1", receipt.GetProperty("integration_id").GetString());
    }

    [Theory]
    [InlineData("channel", null, "channel")]
    [InlineData("channel.from", null, "channel.from")]
    [InlineData("channel.from.id", null, "channel.from.id")]
    [InlineData("channel.from.id", "\"\"", "channel.from.id")]
    [InlineData("channel.from.id", "7", "channel.from.id")]
    [InlineData("channel.from.idType", null, "channel.from.idType")]
    [InlineData("channel.from.idType", "\"Guid\"", "channel.from.idType")]
    [InlineData("channel.time", null, "channel.time")]
    [InlineData("channel.time", "\"yesterday\"", "channel.time")]
    [InlineData("channel.metadata", "{\"customAttributes\":{\"a\":1}}", "channel.metadata.customAttributes")]
    [InlineData("metadata", "{\"a\":1}", "metadata")]
    [InlineData("metadata", "[]", "metadata")]
    [InlineData("direction", "\"Outbound\"", "direction")]
    [InlineData("type", "\"Receipt\"", "type")]
    [InlineData("channel.platform", "\"Twitter\"", "channel.platform")]
    [InlineData("channel.to", "{\"id\":\"int-2\"}", "channel.to.id")]
    [InlineData("content", null, "text")]
    [InlineData("content", "[]", "text")]
    [InlineData("content", "{}", "content")]
    [InlineData("content", "[1]", "content[0]")]
    [InlineData("content", "[{}]", "content[0].attachment")]
    [InlineData("content", "[{},{}]", "content")]
    [InlineData("content.0.contentType", "\"Location\"", "content[0].contentType")]
    [InlineData("content.0.attachment.mediaType", null, "content[0].attachment.mediaType")]
    [InlineData("content.0.attachment.mediaType", "\"application/pdf\"", "content[0].attachment.mediaType")]
    [InlineData("content.0.attachment.url", null, "content[0].attachment.url")]
    [InlineData("content.0.attachment.url", "\"/relative\"", "content[0].attachment.url")]
    [InlineData("content.0.attachment.url", "\"file:///etc/hostname\"", "content[0].attachment.url")]
    [InlineData("content.0.attachment.mime", null, "content[0].attachment.mime")]
    [InlineData("content.0.attachment.mime", "\"pdf\"", "content[0].attachment.mime")]
    [InlineData("content.0.attachment.sha256", "\"abc\"", "content[0].attachment.sha256")]
    public async Task What_is_missing_or_wrong_is_refused_by_its_name(string member, string? json, string field)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var message = OpenMessages.File("http://127.0.0.1:1/a.pdf");
        Set(message, member.Split('.'), json is null ? null : JsonNode.Parse(json));
        using var reply = await simulator.MessageAsync(message);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var error = await RunningSimulator.ErrorOf(reply);
        Assert.Equal("bad.request", error.GetProperty("code").GetString());
        Assert.Equal(field, error.GetProperty("details")[0].GetProperty("fieldName").GetString());
        Assert.StartsWith(field + " ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task A_text_of_2000_characters_is_taken_and_a_longer_one_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var longest = await simulator.MessageAsync(OpenMessages.Text(new string('x', 2000)));
        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        using var longer = await simulator.MessageAsync(OpenMessages.Text(new string('x', 2001)));
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        Assert.Equal("text", (await RunningSimulator.ErrorOf(longer)).GetProperty("details")[0].GetProperty("fieldName").GetString());
    }

    [Theory]
    [InlineData("not json", "application/json", HttpStatusCode.BadRequest, "bad.request")]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest, "bad.request")]
    [InlineData("{}", "text/plain", HttpStatusCode.UnsupportedMediaType, "unsupported.media.type")]
    public async Task What_is_no_json_object_is_refused(string body, string type, HttpStatusCode status, string code)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        foreach (var path in (string[])[OpenMessages.Path, OpenMessages.OldPath])
        {
            using var reply = await simulator.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, type));
            Assert.Equal(status, reply.StatusCode);
            Assert.Equal(code, (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task A_body_of_more_than_512000_bytes_is_too_large()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var body = OpenMessages.Text().ToJsonString();
        using var most = await simulator.Http.PostAsync(OpenMessages.Path, Json(body + new string(' ', 512_000 - body.Length)));
        Assert.Equal(HttpStatusCode.OK, most.StatusCode);
        using var more = await simulator.Http.PostAsync(OpenMessages.Path, Json(body + new string(' ', 512_001 - body.Length)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, more.StatusCode);
        Assert.Equal("request.entity.too.large", (await RunningSimulator.ErrorOf(more)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_integration_that_a_fault_hides_is_not_found()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"unknown_integrations": ["int-1"]}""");
        foreach (var path in (string[])[OpenMessages.Path, OpenMessages.OldPath])
        {
            using var reply = await simulator.MessageAsync(Older("int-1"), path);
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
            Assert.Equal("not.found", (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task What_is_no_integration_id_is_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var inPath = await simulator.MessageAsync(OpenMessages.Text(), "/api/v2/conversations/messages/a%20b/inbound/open/message");
        Assert.Equal(HttpStatusCode.BadRequest, inPath.StatusCode);
        using var inBody = await simulator.MessageAsync(OpenMessages.Text(), OpenMessages.OldPath);
        Assert.Equal(HttpStatusCode.BadRequest, inBody.StatusCode);
        Assert.Equal("channel.to.id", (await RunningSimulator.ErrorOf(inBody)).GetProperty("details")[0].GetProperty("fieldName").GetString());
    }

    [Theory]
    [InlineData(OpenMessages.Path)]
    [InlineData(OpenMessages.OldPath)]
    public async Task A_message_needs_a_token(string path)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var reply = await simulator.MessageAsync(Older("int-1"), path);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>As Genesys' own blueprint sends it.</summary>
    private static JsonObject Older(string integration)
    {
        var message = OpenMessages.Text();
        message["direction"] = "Inbound";
        message["type"] = "Text";
        message["channel"]!["platform"] = "Open";
        message["channel"]!["type"] = "Private";
        message["channel"]!["to"] = new JsonObject { ["id"] = integration };
        return message;
    }

    private static void Set(JsonNode node, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length > 1)
            Set(path[0] is "0" ? node[0]! : node[path[0]]!, path[1..], value);
        else if (value is null)
            node.AsObject().Remove(path[0]);
        else
            node[path[0]] = value;
    }
}
