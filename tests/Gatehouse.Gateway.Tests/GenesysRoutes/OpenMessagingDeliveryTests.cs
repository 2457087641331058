using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.GenesysRoutes;

/// <summary>From the upload to the file that Genesys fetches.</summary>
public sealed class OpenMessagingDeliveryTests : GatewayOnItsPort
{
    private protected override string Route => "open-messaging";

    private protected override GatehouseOptions Adjust(GatehouseOptions options) =>
        base.Adjust(options) with { LargeFiles = new LargeFilesOptions { MaxFileBytes = 64 * 1024 * 1024 } };

    [Fact]
    public async Task Genesys_fetches_the_file_and_finds_the_bytes_that_the_message_names()
    {
        var bytes = Encoding.UTF8.GetBytes("hello from a customer");
        var answer = await SendAsync(bytes, "note.txt", "email:Ada@Example.org");
        Assert.Equal((200, "delivered"), (answer.Status, answer.State));
        Assert.NotNull(answer.Body.GetProperty("result").GetProperty("conversationId").GetString());
        Assert.DoesNotContain("signature=", answer.Body.GetRawText(), StringComparison.Ordinal);
        var received = await OneReceivedAsync();
        Assert.Equal(
            ("open-messaging", "ada@example.org", answer.Id, "fetched", "text/plain", "note.txt", Convert.ToHexStringLower(SHA256.HashData(bytes))),
            (Text(received, "route"), Text(received, "contact_id"), Text(received, "message_id"), Text(received, "attachment"), Text(received, "mime"), Text(received, "filename"), Text(received, "sha256")));
        Assert.Equal("text/plain", received.GetProperty("metadata").GetProperty("detected_mime").GetString());
    }

    [Fact]
    public async Task A_type_that_Genesys_would_drop_is_refused_with_what_it_takes()
    {
        await Genesys.FaultsAsync(new { inbound_types = new[] { "image/png" } });
        var answer = await SendAsync("hello"u8.ToArray(), "note.txt");
        Assert.Equal((415, "type-not-allowed", "text/plain"), (answer.Status, answer.Code, Text(answer.Body, "detected_mime")));
        Assert.Equal(["image/png"], answer.Body.GetProperty("allowed_mimes").EnumerateArray().Select(m => m.GetString()));
        Assert.Empty(await Genesys.ReceivedAsync());
    }

    [Fact]
    public async Task A_lost_reply_is_sent_again_under_the_same_message_id_and_counted()
    {
        await Genesys.FaultsAsync(new { drop_after_reply_rate = 1 });
        var queued = await SendAsync("hello"u8.ToArray(), "note.txt", prefer: "wait=0");
        await Eventually.HoldsAsync("the message came once", async () => (await Genesys.ReceivedAsync()).Count > 0 ? null : "nothing came");
        await Genesys.HealAsync();
        await Gateway.UntilAsync(queued.Location, "delivered");
        Assert.All(await Genesys.ReceivedAsync(), received => Assert.Equal(queued.Id, Text(received, "message_id")));
        Assert.Contains("gatehouse_delivery_attempts_total{route=\"open-messaging\",outcome=\"unknown\"}", await Gateway.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_integration_that_is_not_there_closes_the_route_and_loses_nothing()
    {
        await Genesys.FaultsAsync(new { unknown_integrations = new[] { "i-1" } });
        var queued = await SendAsync("hello"u8.ToArray(), "note.txt", prefer: "wait=0");
        await Eventually.HoldsAsync("the route is closed", async () =>
            (await Gateway.GetAsync("/health/ready")).Body.GetProperty("status").GetString() is "degraded" ? null : "it is open");
        await Gateway.UntilAsync(queued.Location, "queued");
    }

    [Fact]
    public async Task A_file_above_25_MiB_arrives_as_a_link_that_gives_its_bytes()
    {
        await Genesys.FaultsAsync(new { fetch = "all" });
        var bytes = LargePdf.Of(50_000_000);
        var answer = await SendAsync(bytes, "drawings.pdf");
        Assert.Equal((200, "delivered"), (answer.Status, answer.State));
        var received = await OneReceivedAsync();
        Assert.Equal(
            ("Link", "fetched", bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))),
            (Text(received, "media_type"), Text(received, "attachment"), received.GetProperty("size").GetInt64(), Text(received, "sha256")));
    }

    [Fact]
    public async Task The_policy_says_above_what_a_file_goes_as_a_link()
    {
        var routes = (await Gateway.GetAsync("/v1/policy")).Body.GetProperty("routes");
        Assert.Equal("""[{"name":"open-messaging","max_file_bytes":67108864,"link_above_bytes":26214400,"needs":[],"default":true}]""", routes.GetRawText());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
