using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gatehouse.Simulator.Tests.AgentMedia;

public sealed class AgentMediaTests
{
    private static readonly byte[] Bytes = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. RandomNumberGenerator.GetBytes(100_000)];

    [Fact]
    public async Task A_file_is_uploaded_looked_at_sent_and_recorded()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var leg = await simulator.LiveLegAsync();
        var media = await simulator.UploadedAsync(leg, "photo.png", Bytes);
        Assert.Empty(await simulator.ReceivedAsync());
        using var reply = await simulator.SendAsync(leg, new { mediaIds = new[] { media } });
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var message = await RunningSimulator.JsonOf(reply);
        Assert.Equal(AgentDesk.Conversation, message.GetProperty("conversationId").GetString());
        var attachment = message.GetProperty("normalizedMessage").GetProperty("content")[0].GetProperty("attachment");
        Assert.Equal("photo.png", attachment.GetProperty("filename").GetString());
        Assert.Equal("image/png", attachment.GetProperty("mime").GetString());
        Assert.Equal(Bytes.Length, attachment.GetProperty("contentSizeBytes").GetInt64());

        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("agent-media", receipt.GetProperty("route").GetString());
        Assert.Equal(AgentDesk.Conversation, receipt.GetProperty("conversation_id").GetString());
        Assert.Equal(leg, receipt.GetProperty("communication_id").GetString());
        Assert.Equal(media, receipt.GetProperty("media_id").GetString());
        Assert.Equal("photo.png", receipt.GetProperty("filename").GetString());
        Assert.Equal("image/png", receipt.GetProperty("mime").GetString());
        Assert.Equal(Bytes.Length, receipt.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), receipt.GetProperty("sha256").GetString());
        Assert.Equal(JsonValueKind.Null, receipt.GetProperty("contact_id").ValueKind);
        using var image = await simulator.Http.GetAsync("/simulator/images/1");
        Assert.Equal(Bytes, await image.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?useNormalizedMessage=true", false)]
    public async Task A_text_is_a_message_of_its_own(string query, bool deprecatedToo)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var leg = await simulator.LiveLegAsync();
        using var reply = await simulator.SendAsync(leg, new { textBody = "hello" }, query);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var message = await RunningSimulator.JsonOf(reply);
        Assert.Equal("hello", message.GetProperty("normalizedMessage").GetProperty("text").GetString());
        Assert.Equal(deprecatedToo, message.TryGetProperty("textBody", out _));
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("hello", receipt.GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Null, receipt.GetProperty("size").ValueKind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"textBody": ""}""")]
    [InlineData("""{"mediaIds": []}""")]
    [InlineData("""{"mediaIds": "m"}""")]
    [InlineData("""{"mediaIds": ["m", "n"]}""")]
    [InlineData("""{"textBody": "hello", "mediaIds": ["m"]}""")]
    public async Task A_message_has_one_text_or_one_file(string body)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.SendAsync(await simulator.LiveLegAsync(), JsonDocument.Parse(body).RootElement);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("bad.request", (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task A_text_of_2000_characters_is_taken_and_a_longer_one_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var leg = await simulator.LiveLegAsync();
        using var longest = await simulator.SendAsync(leg, new { textBody = new string('x', 2000) });
        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        using var longer = await simulator.SendAsync(leg, new { textBody = new string('x', 2001) });
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".png")]
    [InlineData("a/")]
    [InlineData("a b.png")]
    [InlineData("a\u00a0b.png")]
    [InlineData("a{b.png")]
    [InlineData("a\\b.png")]
    [InlineData("a|b.png")]
    public async Task A_name_that_Genesys_does_not_take_is_refused(string? name)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.BeginAsync(await simulator.LiveLegAsync(), name!, 10);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("fileName", (await RunningSimulator.ErrorOf(reply)).GetProperty("details")[0].GetProperty("fieldName").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(26_214_401)]
    public async Task A_length_that_is_not_taken_is_refused(long size)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.BeginAsync(await simulator.LiveLegAsync(), "a.png", size);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("contentLengthBytes", (await RunningSimulator.ErrorOf(reply)).GetProperty("details")[0].GetProperty("fieldName").GetString());
    }

    [Fact]
    public async Task A_file_is_looked_at_for_as_long_as_is_told_and_may_turn_out_invalid()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"media_polls": 3, "media_invalid": true}""");
        var leg = await simulator.LiveLegAsync();
        using var begun = await simulator.BeginAsync(leg, "a.png", Bytes.Length);
        var answer = await RunningSimulator.JsonOf(begun);
        var id = answer.GetProperty("id").GetString()!;
        // Nothing has come: no number of polls changes that.
        for (var i = 0; i < 5; i++)
            Assert.Equal("uploading", await simulator.StatusAsync(leg, id));
        using var put = await AgentDesk.PutAsync(answer, Bytes);
        for (var i = 0; i < 3; i++)
            Assert.Equal("uploading", await simulator.StatusAsync(leg, id));
        using var early = await simulator.SendAsync(leg, new { mediaIds = new[] { id } });
        Assert.Equal(HttpStatusCode.BadRequest, early.StatusCode);
        Assert.Equal("invalid", await simulator.StatusAsync(leg, id));
        using var never = await simulator.SendAsync(leg, new { mediaIds = new[] { id } });
        Assert.Equal(HttpStatusCode.BadRequest, never.StatusCode);
        Assert.Contains("invalid", (await RunningSimulator.ErrorOf(never)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_looked_at_can_be_sent_without_a_poll()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"media_polls": 0}""");
        var leg = await simulator.LiveLegAsync();
        using var begun = await simulator.BeginAsync(leg, "a.png", Bytes.Length);
        var answer = await RunningSimulator.JsonOf(begun);
        using var put = await AgentDesk.PutAsync(answer, Bytes);
        using var sent = await simulator.SendAsync(leg, new { mediaIds = new[] { answer.GetProperty("id").GetString() } });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    [Fact]
    public async Task A_file_of_a_type_that_agents_may_not_send_is_refused_with_its_message()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var leg = await simulator.LiveLegAsync();
        var media = await simulator.UploadedAsync(leg, "a.pdf", Bytes);
        using var reply = await simulator.SendAsync(leg, new { mediaIds = new[] { media } });
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("application/pdf", (await RunningSimulator.ErrorOf(reply)).GetProperty("message").GetString(), StringComparison.Ordinal);

        await simulator.FaultsAsync("""{"outbound_types": ["application/pdf"]}""");
        using var allowed = await simulator.SendAsync(leg, new { mediaIds = new[] { media } });
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task A_file_of_another_communication_or_none_is_not_found()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var leg = await simulator.LiveLegAsync();
        var media = await simulator.UploadedAsync(leg, "a.png", Bytes);
        var other = await simulator.LiveLegAsync("v-2");
        using var sent = await simulator.Http.PostAsJsonAsync(AgentDesk.Messages(other, "v-2"), new { mediaIds = new[] { media } });
        Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
        using var status = await simulator.Http.GetAsync($"{AgentDesk.Messages(other, "v-2")}/media/{media}");
        Assert.Equal(HttpStatusCode.NotFound, status.StatusCode);
        using var unknown = await simulator.Http.GetAsync($"{AgentDesk.Messages(leg)}/media/m-1");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var wrong = await simulator.Http.GetAsync($"{AgentDesk.Messages(leg)}/media/m%201");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Theory]
    [InlineData("{}", "v-1", "nobody", HttpStatusCode.NotFound)]
    [InlineData("{}", "v%201", "nobody", HttpStatusCode.BadRequest)]
    [InlineData("{}", "v-1", "no%20id", HttpStatusCode.BadRequest)]
    [InlineData("""{"unknown_conversations": ["v-1"]}""", "v-1", "live", HttpStatusCode.NotFound)]
    [InlineData("""{"ended_conversations": ["v-1"]}""", "v-1", "live", HttpStatusCode.BadRequest)]
    [InlineData("""{"waiting_conversations": ["v-1"]}""", "v-1", "live", HttpStatusCode.BadRequest)]
    public async Task Every_call_needs_a_conversation_and_a_communication_that_is_connected(string faults, string conversation, string leg, HttpStatusCode status)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var path = AgentDesk.Messages(leg is "live" ? await simulator.LiveLegAsync() : leg, conversation);
        await simulator.FaultsAsync(faults);
        using var begun = await simulator.Http.PostAsJsonAsync(path + "/media/uploads", new { fileName = "a.png", contentLengthBytes = 1 });
        using var polled = await simulator.Http.GetAsync(path + "/media/m-1");
        using var sent = await simulator.Http.PostAsJsonAsync(path, new { textBody = "hello" });
        Assert.Equal([status, status, status], new[] { begun.StatusCode, polled.StatusCode, sent.StatusCode });
        await RunningSimulator.ErrorOf(sent);
    }
}
