using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Gatehouse.Simulator.Tests.Contacts;

public sealed class AttachmentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(5_242_880)]
    public async Task A_file_is_received_with_its_size_hash_and_message_id(int size)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var bytes = RandomNumberGenerator.GetBytes(size);
        using var reply = await simulator.AttachAsync(bytes, "c-1", "message-1", "report.pdf", "application/pdf");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.True(Guid.TryParse((await RunningSimulator.JsonOf(reply)).GetProperty("id").GetString(), out _));

        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("contact-attachments", receipt.GetProperty("route").GetString());
        Assert.Equal("c-1", receipt.GetProperty("contact_id").GetString());
        Assert.Null(receipt.GetProperty("conversation_id").GetString());
        Assert.Equal("message-1", receipt.GetProperty("message_id").GetString());
        Assert.Equal("report.pdf", receipt.GetProperty("filename").GetString());
        Assert.Equal("application/pdf", receipt.GetProperty("mime").GetString());
        Assert.Equal(size, receipt.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), receipt.GetProperty("sha256").GetString());
        Assert.Equal("sent", receipt.GetProperty("reply").GetString());
        var at = receipt.GetProperty("received_at").GetString()!;
        Assert.EndsWith("Z", at, StringComparison.Ordinal);
        Assert.Equal(simulator.Time.GetUtcNow(), DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_name_outside_ascii_arrives_whole_and_a_types_parameters_are_left_out()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.AttachAsync([1], name: "Größe – 日本.txt", mime: "text/plain; charset=utf-8");
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("Größe – 日本.txt", receipt.GetProperty("filename").GetString());
        Assert.Equal("text/plain", receipt.GetProperty("mime").GetString());
    }

    [Fact]
    public async Task The_list_is_in_order_of_arrival_has_a_line_per_call_and_can_be_emptied()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        foreach (var id in (string[])["m-1", "m-2", "m-2", "m-3"])
        {
            using var reply = await simulator.AttachAsync([1, 2], messageId: id);
        }

        Assert.Equal(["m-1", "m-2", "m-2", "m-3"], (await simulator.ReceivedAsync()).Select(r => r.GetProperty("message_id").GetString()!), StringComparer.Ordinal);
        using var emptied = await simulator.Http.DeleteAsync("/simulator/received");
        Assert.Equal(HttpStatusCode.NoContent, emptied.StatusCode);
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task The_oldest_receipts_go_first_when_no_more_are_kept()
    {
        await using var simulator = await RunningSimulator.StartAsync(new SimulatorOptions { KeepReceived = 2 });
        await simulator.SignInAsync();
        foreach (var id in (string[])["m-1", "m-2", "m-3"])
        {
            using var reply = await simulator.AttachAsync([1], messageId: id);
        }

        Assert.Equal(["m-2", "m-3"], (await simulator.ReceivedAsync()).Select(r => r.GetProperty("message_id").GetString()!), StringComparer.Ordinal);
        Assert.Equal(3, (await simulator.StatsAsync()).GetProperty("received").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_limited_until_it_is_told_to_be()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        for (var i = 0; i < 400; i++)
        {
            using var reply = await simulator.ContactAsync();
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.False(reply.Headers.Contains("inin-ratelimit-count"));
        }
    }
}
