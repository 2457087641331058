using System.Text.Json;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests.Routes;

public sealed class OpenMessagingTests
{
    [Fact]
    public async Task One_message_with_one_attachment_by_its_link()
    {
        await using var rig = await RoutesRig.StartAsync();
        var outcome = Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(rig.OpenMessaging));
        Assert.Equal("""{"id":"m-1","conversationId":"c-9"}""", outcome.Result);
        var message = Assert.Single(rig.Seen("POST", "/inbound/open/message"));
        Assert.Equal("/api/v2/conversations/messages/i-1/inbound/open/message?prefetchConversationId=true", message.Target);
        Assert.Equal("application/json", message.Headers["Content-Type"]);
        Assert.Equal(
            """{"channel":{"from":{"id":"ada","idType":"Opaque"},"time":"2026-03-01T12:00:00.000Z","messageId":"00000000000000000123456789abcdef"},"content":[{"contentType":"Attachment","attachment":{"id":"00000000000000000123456789abcdef","mediaType":"File","url":"https://files.example/00000000000000000123456789abcdef?n=1","mime":"application/pdf","filename":"return slip.pdf","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}],"metadata":{"upload_id":"00000000000000000123456789abcdef","verdict":"accept","detected_mime":"application/pdf","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","flags":"has-links"}}""",
            System.Text.Encoding.UTF8.GetString(message.Body));
    }

    [Fact]
    public async Task A_repeat_is_the_same_message_by_another_link()
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.OpenMessaging);
        await rig.SendAsync(rig.OpenMessaging);
        var bodies = rig.Seen("POST", "/inbound/open/message").Select(s => System.Text.Encoding.UTF8.GetString(s.Body)).ToList();
        Assert.Equal(bodies[0], bodies[1].Replace("?n=2", "?n=1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("email:ada@example.org", null, "ada@example.org", "Email")]
    [InlineData("phone:+4930123456", "other", "+4930123456", "Phone")]
    [InlineData("external:crm-7", null, "external:crm-7", "Opaque")]
    [InlineData("ada", null, "ada", "Opaque")]
    [InlineData("ada", "shop-guest-3", "shop-guest-3", "Opaque")]
    public async Task It_comes_from_the_customers_address_or_the_given_sender_or_the_contact(string contact, string? sender, string id, string type)
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.OpenMessaging, RoutesRig.Upload(contact, sender: sender));
        var from = Message(rig).GetProperty("channel").GetProperty("from");
        Assert.Equal((id, type), (from.GetProperty("id").GetString(), from.GetProperty("idType").GetString()));
    }

    [Theory]
    [InlineData("image/png", "Image")]
    [InlineData("text/plain", "File")]
    [InlineData("video/mp4", "Video")]
    [InlineData("audio/ogg", "Audio")]
    public async Task The_attachments_kind_follows_its_type(string mime, string kind)
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.OpenMessaging, RoutesRig.Upload(mime: mime));
        Assert.Equal(kind, Attachment(rig).GetProperty("mediaType").GetString());
    }

    [Fact]
    public async Task A_larger_file_goes_as_a_Link_under_the_same_message_id()
    {
        await using var rig = await RoutesRig.StartAsync();
        var route = new LargeFileRoute(rig.OpenMessaging, rig.OpenMessaging, 64 * 1024 * 1024);
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(route, RoutesRig.Upload(size: OpenMessagingRoute.MostBytes + 1)));
        Assert.Equal("Link", Attachment(rig).GetProperty("mediaType").GetString());
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(route, RoutesRig.Upload(size: OpenMessagingRoute.MostBytes)));
        Assert.Equal("File", Attachment(rig).GetProperty("mediaType").GetString());
    }

    [Fact]
    public async Task Every_request_of_an_attempt_has_a_permit_of_its_own()
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.OpenMessaging);
        await rig.SendAsync(rig.OpenMessaging);
        Assert.Equal((3, 3), (rig.Stub.Api.Count, rig.Gate.Taken));
    }

    private static JsonElement Message(RoutesRig rig) => JsonSerializer.Deserialize<JsonElement>(rig.Seen("POST", "/inbound/open/message").Last().Body);

    private static JsonElement Attachment(RoutesRig rig) => Message(rig).GetProperty("content")[0].GetProperty("attachment");
}
