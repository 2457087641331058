using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Simulator.Tests.WebMessaging;

public sealed class GuestErrorTests
{
    [Theory]
    [InlineData("a.png", "application/pdf", 10, 4001)]
    [InlineData("a.png", "png", 10, 4001)]
    [InlineData("a.EXE", "image/png", 10, 4001)]
    [InlineData("a.png", "image/png", 0, 4002)]
    [InlineData("a.png", "image/png", 5001, 4002)]
    [InlineData("../a.png", "image/png", 10, 4004)]
    [InlineData("a\n.png", "image/png", 10, 4004)]
    [InlineData("long", "image/png", 10, 4005)]
    public async Task A_file_that_the_session_does_not_take_gets_no_address(string name, string type, long size, int code)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"inbound_types": ["image/*"], "max_file_size_kb": 5}""");
        await using var guest = await Guest.InSessionAsync(simulator);
        var frame = await guest.AttachAsync("a-1", name is "long" ? new string('x', 256) : name, type, size);
        Assert.Equal("GenerateUrlError", Guest.ClassOf(frame));
        Assert.Equal(400, frame.GetProperty("code").GetInt32());
        Assert.Equal("t-a-1", frame.GetProperty("tracingId").GetString());
        Assert.Equal("a-1", frame.GetProperty("body").GetProperty("attachmentId").GetString());
        Assert.Equal(code, frame.GetProperty("body").GetProperty("errorCode").GetInt32());
        Assert.NotEmpty(frame.GetProperty("body").GetProperty("errorMessage").GetString()!);

        var asText = await guest.AttachAsync("a-1", name is "long" ? new string('x', 256) : name, type, size, errorsAsJson: false);
        Assert.Equal("string", Guest.ClassOf(asText));
        Assert.Equal(code, asText.GetProperty("code").GetInt32());
        Assert.Equal(JsonValueKind.String, asText.GetProperty("body").ValueKind);
    }

    [Fact]
    public async Task A_file_of_the_largest_size_gets_its_address()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"max_file_size_kb": 5}""");
        await using var guest = await Guest.InSessionAsync(simulator);
        Assert.Equal("PresignedUrlResponse", Guest.ClassOf(await guest.AttachAsync("a-1", "a.png", "image/png", 5000)));
    }

    [Theory]
    [InlineData("""{"action": "onAttachment", "token": "guest-1", "attachmentId": "a-1", "fileName": "a", "fileType": "b/c"}""", 4020)]
    [InlineData("""{"action": "onAttachment", "token": "guest-1", "fileName": "a", "fileType": "b/c", "fileSize": 1}""", 4020)]
    [InlineData("""{"action": "onAttachment", "token": "guest-2", "attachmentId": "a-1", "fileName": "a", "fileType": "b/c", "fileSize": 1}""", 4007)]
    [InlineData("""{"action": "onMessage", "token": "guest-2", "message": {"type": "Text", "text": "a"}}""", 4007)]
    [InlineData("""{"action": "onMessage", "token": "guest-1", "message": {"type": "Text"}}""", 4020)]
    [InlineData("""{"action": "onMessage", "token": "guest-1", "message": {"text": "a"}}""", 4020)]
    [InlineData("""{"action": "onMessage", "token": "guest-1"}""", 4020)]
    [InlineData("""{"action": "onMessage", "token": "guest-1", "message": {"type": "Text", "content": [{"contentType": "Attachment", "attachment": {"id": "a-9"}}]}}""", 4009)]
    [InlineData("""{"action": "onMessage", "message": {"type": "Text", "text": "a"}}""", 4020)]
    [InlineData("""{"action": "deleteAttachment", "token": "guest-2", "attachmentId": "a-1"}""", 4007)]
    [InlineData("""{"action": "configureSession", "token": "guest-1"}""", 4020)]
    [InlineData("""{"action": "configureSession", "token": "guest-1", "deploymentId": "d-2"}""", 400)]
    [InlineData("""{"action": "dance", "token": "guest-1"}""", 400)]
    [InlineData("""{"token": "guest-1"}""", 400)]
    [InlineData("nonsense", 400)]
    [InlineData("""{"action": "\ud800", "token": "guest-1"}""", 400)]
    [InlineData("""{"action": "onMessage", "token": "\ud800"}""", 400)]
    [InlineData("""{"action": "onMessage", "token": "guest-1", "message": {"type": "Text", "text": "\ud800"}}""", 400)]
    [InlineData("[]", 400)]
    public async Task What_cannot_be_done_is_answered_with_its_code_and_the_connection_stays(string frame, int code)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await guest.SendAsync(Encoding.UTF8.GetBytes(frame));
        var answer = await guest.NextAsync();
        Assert.Equal("string", Guest.ClassOf(answer));
        Assert.Equal(code, answer.GetProperty("code").GetInt32());
        Assert.Equal("SessionResponse", Guest.ClassOf(await guest.ConfigureAsync()));
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task A_connection_has_at_most_16_sessions()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.ConnectAsync(simulator);
        for (var i = 1; i <= 17; i++)
        {
            var answer = await guest.AskAsync(new { action = "configureSession", token = $"guest-{i}", deploymentId = Guest.Deployment });
            Assert.Equal(i <= 16 ? 200 : 400, answer.GetProperty("code").GetInt32());
        }

        // One that it has already can be configured again.
        Assert.Equal("SessionResponse", Guest.ClassOf(await guest.ConfigureAsync()));
    }

    [Fact]
    public async Task A_text_of_2000_characters_is_taken_and_a_longer_one_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        Assert.Equal("StructuredMessage", Guest.ClassOf(await guest.SayAsync(new { type = "Text", text = new string('x', 2000) })));
        Assert.Equal(4011, (await guest.SayAsync(new { type = "Text", text = new string('x', 2001) })).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Attributes_of_2048_bytes_are_taken_and_more_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        Assert.Equal("StructuredMessage", Guest.ClassOf(await guest.SayAsync(With(2047))));
        Assert.Equal(4013, (await guest.SayAsync(With(2048))).GetProperty("code").GetInt32());

        static object With(int bytes) => new { type = "Text", text = "a", channel = new { metadata = new { customAttributes = new { k = new string('x', bytes) } } } };
    }

    [Theory]
    [InlineData("""{"unknown_deployments": ["d-1"]}""", 400)]
    [InlineData("""{"session_error": 4006}""", 4006)]
    [InlineData("""{"session_error": 503}""", 503)]
    public async Task A_session_can_be_refused(string faults, int code)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync(faults);
        await using var guest = await Guest.ConnectAsync(simulator);
        Assert.Equal(code, (await guest.ConfigureAsync()).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Files_and_messages_can_be_refused_by_code()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await simulator.FaultsAsync("""{"attachment_error": 4000, "message_error": 4006}""");
        var noUrl = await guest.AttachAsync("a-1", "a.png", "image/png", 10);
        Assert.Equal("GenerateUrlError", Guest.ClassOf(noUrl));
        Assert.Equal(4000, noUrl.GetProperty("body").GetProperty("errorCode").GetInt32());
        Assert.Equal(4006, (await guest.SayAsync(new { type = "Text", text = "a" })).GetProperty("code").GetInt32());

        await simulator.FaultsAsync("""{"session_read_only": true}""");
        Assert.Equal(4006, (await guest.SayAsync(new { type = "Text", text = "a" })).GetProperty("code").GetInt32());
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task A_guest_who_asks_too_often_is_told_how_long_to_wait()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await using var other = await Guest.InSessionAsync(simulator, "guest-2");
        await simulator.FaultsAsync("""{"guest_requests_per_minute": 1}""");
        var hello = new { type = "Text", text = "a" };
        Assert.Equal("StructuredMessage", Guest.ClassOf(await guest.SayAsync(hello)));
        simulator.Time.Advance(TimeSpan.FromSeconds(50));
        var frame = await guest.AttachAsync("a-1", "a.png", "image/png", 10);
        Assert.Equal("TooManyRequestsErrorMessage", Guest.ClassOf(frame));
        Assert.Equal(429, frame.GetProperty("code").GetInt32());
        Assert.Equal("""{"retryAfter":10,"errorCode":4029,"errorMessage":"Message rate too high for this session"}""", frame.GetProperty("body").GetRawText());
        Assert.Equal("StructuredMessage", Guest.ClassOf(await other.SayAsync(hello)));
        simulator.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("StructuredMessage", Guest.ClassOf(await guest.SayAsync(hello)));
    }

    [Fact]
    public async Task A_rate_that_was_asked_for_looks_the_same()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await simulator.FaultsAsync("""{"attachment_error": 4029}""");
        var frame = await guest.AttachAsync("a-1", "a.png", "image/png", 10);
        Assert.Equal("TooManyRequestsErrorMessage", Guest.ClassOf(frame));
        Assert.Equal(3, frame.GetProperty("body").GetProperty("retryAfter").GetInt32());
    }

    [Theory]
    [InlineData("https://example.com", null)]
    [InlineData("https://example.org", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Only_origins_that_are_allowed_get_in(string? origin, HttpStatusCode? refusal)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"allowed_origins": ["https://example.com"]}""");
        if (refusal is null)
        {
            await using var guest = await Guest.ConnectAsync(simulator, origin: origin);
            Assert.Equal("SessionResponse", Guest.ClassOf(await guest.ConfigureAsync()));
            return;
        }

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => Guest.ConnectAsync(simulator, origin: origin));
        Assert.Contains($"{(int)refusal}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anything_but_a_websocket_is_refused_there()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var reply = await simulator.Http.GetAsync("/v1?deploymentId=d-1");
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task A_frame_that_is_too_long_ends_the_connection()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await guest.SendAsync(new byte[100_000]);
        Assert.Contains(await guest.EndAsync(), (WebSocketCloseStatus?[])[WebSocketCloseStatus.MessageTooBig, null]);
    }

    [Fact]
    public async Task An_outage_meets_the_connection_and_drops_meet_its_frames()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"status": 503}""");
        await Assert.ThrowsAsync<WebSocketException>(() => Guest.ConnectAsync(simulator));
        await simulator.FaultsAsync("{}");

        await using (var guest = await Guest.InSessionAsync(simulator))
        {
            await simulator.FaultsAsync("""{"drop_rate": 1}""");
            await Assert.ThrowsAsync<WebSocketException>(() => guest.SayAsync(new { type = "Text", text = "a" }));
            Assert.Empty(await simulator.ReceivedAsync());
        }

        await simulator.FaultsAsync("{}");
        await using (var guest = await Guest.InSessionAsync(simulator))
        {
            await simulator.FaultsAsync("""{"drop_after_reply_rate": 1}""");
            await Assert.ThrowsAsync<WebSocketException>(() => guest.SayAsync(new { type = "Text", text = "a" }));
            Assert.Equal("dropped", Assert.Single(await simulator.ReceivedAsync()).GetProperty("reply").GetString());
        }

        var stats = await simulator.StatsAsync();
        Assert.Equal("""{"reply_dropped":1,"dropped":1}""", stats.GetProperty("calls").GetProperty("GUEST onMessage").GetRawText());
        Assert.Equal(1, stats.GetProperty("replies_dropped").GetInt32());
    }

    [Fact]
    public async Task A_simulator_stops_while_guests_are_connected()
    {
        var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await simulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.NotEqual(WebSocketCloseStatus.NormalClosure, await guest.EndAsync());
    }
}
