using System.Net;
using System.Security.Cryptography;

namespace Gatehouse.Simulator.Tests.WebMessaging;

public sealed class GuestTests
{
    private static readonly byte[] Bytes = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. RandomNumberGenerator.GetBytes(50_000)];

    [Fact]
    public async Task A_session_tells_what_it_takes()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.ConnectAsync(simulator);
        var frame = await guest.ConfigureAsync();
        Assert.Equal("response", frame.GetProperty("type").GetString());
        Assert.Equal("SessionResponse", Guest.ClassOf(frame));
        Assert.Equal(200, frame.GetProperty("code").GetInt32());
        Assert.Equal("t-configure", frame.GetProperty("tracingId").GetString());
        var session = frame.GetProperty("body");
        Assert.True(session.GetProperty("connected").GetBoolean());
        Assert.True(session.GetProperty("newSession").GetBoolean());
        Assert.False(session.GetProperty("readOnly").GetBoolean());
        Assert.Equal("""{"inbound":{"fileTypes":[{"type":"*/*"}],"maxFileSizeKB":10240}}""", session.GetProperty("allowedMedia").GetRawText());
        Assert.Contains(session.GetProperty("blockedExtensions").EnumerateArray(), extension => extension.GetString() is ".ade");
        Assert.Equal(2048, session.GetProperty("maxCustomDataBytes").GetInt32());

        await using var again = await Guest.ConnectAsync(simulator);
        Assert.False((await again.ConfigureAsync()).GetProperty("body").GetProperty("newSession").GetBoolean());
    }

    [Fact]
    public async Task What_a_session_takes_can_be_set()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"inbound_types": ["image/*"], "max_file_size_kb": 5, "blocked_extensions": [".svg"], "session_read_only": true}""");
        await using var guest = await Guest.ConnectAsync(simulator);
        var session = (await guest.ConfigureAsync()).GetProperty("body");
        Assert.Equal("""{"inbound":{"fileTypes":[{"type":"image/*"}],"maxFileSizeKB":5}}""", session.GetProperty("allowedMedia").GetRawText());
        Assert.Equal("""[".svg"]""", session.GetProperty("blockedExtensions").GetRawText());
        Assert.True(session.GetProperty("readOnly").GetBoolean());
    }

    [Fact]
    public async Task A_file_is_announced_put_accepted_sent_and_recorded()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await using var window = await Guest.InSessionAsync(simulator);
        var presigned = await guest.AttachAsync("a-1", "photo.png", "image/png", Bytes.Length);
        Assert.Equal("PresignedUrlResponse", Guest.ClassOf(presigned));
        Assert.Equal("t-a-1", presigned.GetProperty("tracingId").GetString());
        Assert.Equal(["a-1", "photo.png", "image/png"], ((string[])["attachmentId", "fileName", "fileType"]).Select(name => presigned.GetProperty("body").GetProperty(name).GetString()!));
        using var put = await Guest.PutAsync(presigned, Bytes, "image/png");
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        foreach (var connection in (Guest[])[guest, window])
        {
            var told = await connection.NextAsync();
            Assert.Equal("UploadSuccessEvent", Guest.ClassOf(told));
            Assert.Equal("message", told.GetProperty("type").GetString());
            Assert.Equal("a-1", told.GetProperty("body").GetProperty("attachmentId").GetString());
        }

        Assert.Empty(await simulator.ReceivedAsync());
        var message = await guest.SendFileAsync("a-1", "m-1");
        Assert.Equal("StructuredMessage", Guest.ClassOf(message));
        Assert.Equal("m-1", message.GetProperty("tracingId").GetString());
        Assert.Equal("Inbound", message.GetProperty("body").GetProperty("direction").GetString());
        var attachment = message.GetProperty("body").GetProperty("content")[0].GetProperty("attachment");
        Assert.Equal("photo.png", attachment.GetProperty("filename").GetString());
        Assert.Equal("Image", attachment.GetProperty("mediaType").GetString());
        Assert.Equal("StructuredMessage", Guest.ClassOf(await window.NextAsync()));

        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("web-messaging", receipt.GetProperty("route").GetString());
        Assert.Equal("m-1", receipt.GetProperty("message_id").GetString());
        Assert.Equal("d-1", receipt.GetProperty("deployment_id").GetString());
        Assert.Equal("photo.png", receipt.GetProperty("filename").GetString());
        Assert.Equal("image/png", receipt.GetProperty("mime").GetString());
        Assert.Equal(Bytes.Length, receipt.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), receipt.GetProperty("sha256").GetString());
        Assert.DoesNotContain("guest-1", receipt.GetRawText(), StringComparison.Ordinal);
        using var image = await simulator.Http.GetAsync("/simulator/images/1");
        Assert.Equal(Bytes, await image.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_text_is_recorded_with_its_attributes_and_the_guests_conversation()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await using var other = await Guest.InSessionAsync(simulator, "guest-2");
        var message = new { type = "Text", text = "hello", channel = new { metadata = new { customAttributes = new { verdict = "accept" } } } };
        Assert.Equal("hello", (await guest.SayAsync(message)).GetProperty("body").GetProperty("text").GetString());
        await guest.SayAsync(message);
        await other.SayAsync(message);
        var receipts = await simulator.ReceivedAsync();
        Assert.Equal("hello", receipts[0].GetProperty("text").GetString());
        Assert.Equal("accept", receipts[0].GetProperty("metadata").GetProperty("verdict").GetString());
        Assert.Equal(receipts[0].GetProperty("conversation_id").GetString(), receipts[1].GetProperty("conversation_id").GetString());
        Assert.NotEqual(receipts[0].GetProperty("conversation_id").GetString(), receipts[2].GetProperty("conversation_id").GetString());
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/png; charset=utf-8")]
    [InlineData(null)]
    public async Task A_file_put_as_another_type_than_presigned_is_refused(string? type)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        var presigned = await guest.AttachAsync("a-1", "photo.png", "image/png", Bytes.Length);
        using var put = await Guest.PutAsync(presigned, Bytes, type);
        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
        // And is not there to be sent.
        Assert.Equal(4010, (await guest.SendFileAsync("a-1")).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_type_with_a_parameter_is_put_as_it_was_given_and_recorded_bare()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        var presigned = await guest.AttachAsync("a-1", "a.txt", "text/plain; charset=utf-8", Bytes.Length);
        using var put = await Guest.PutAsync(presigned, Bytes, "text/plain; charset=utf-8");
        Assert.Equal("UploadSuccessEvent", Guest.ClassOf(await guest.NextAsync()));
        await guest.SendFileAsync("a-1");
        Assert.Equal("text/plain", Assert.Single(await simulator.ReceivedAsync()).GetProperty("mime").GetString());
    }

    [Fact]
    public async Task A_file_that_turns_out_bad_is_told_after_its_put_and_cannot_be_sent()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        await simulator.FaultsAsync("""{"upload_error": 4003}""");
        using var put = await Guest.PutAsync(await guest.AttachAsync("a-1", "photo.png", "image/png", Bytes.Length), Bytes, "image/png");
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var told = await guest.NextAsync();
        Assert.Equal("UploadFailureEvent", Guest.ClassOf(told));
        Assert.Equal(4003, told.GetProperty("body").GetProperty("errorCode").GetInt32());
        Assert.Equal("a-1", told.GetProperty("body").GetProperty("attachmentId").GetString());
        Assert.Equal(4010, (await guest.SendFileAsync("a-1")).GetProperty("code").GetInt32());
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task A_file_can_be_deleted_before_it_is_sent()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        using var put = await Guest.PutAsync(await guest.AttachAsync("a-1", "photo.png", "image/png", Bytes.Length), Bytes, "image/png");
        await guest.NextAsync();
        var delete = new { action = "deleteAttachment", token = "guest-1", attachmentId = "a-1", tracingId = "t" };
        Assert.Equal("AttachmentDeletedResponse", Guest.ClassOf(await guest.AskAsync(delete)));
        Assert.Equal(4009, (await guest.AskAsync(delete)).GetProperty("code").GetInt32());
        Assert.Equal(4009, (await guest.SendFileAsync("a-1")).GetProperty("code").GetInt32());
    }
}
