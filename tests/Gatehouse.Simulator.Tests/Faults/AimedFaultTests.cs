using System.Net;
using Gatehouse.Simulator.Tests.AgentMedia;
using Gatehouse.Simulator.Tests.OpenMessaging;
using Gatehouse.Simulator.Tests.WebMessaging;

namespace Gatehouse.Simulator.Tests.Faults;

public sealed class AimedFaultTests
{
    [Fact]
    public async Task A_fault_strikes_only_the_calls_that_it_names()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"status": 503, "calls": ["POST /api/v2/externalcontacts/{contactId}/attachments"]}""");
        using var contact = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, contact.StatusCode);
        using var attached = await simulator.AttachAsync([1]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, attached.StatusCode);
    }

    [Fact]
    public async Task A_fault_can_name_one_action_of_a_guest()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"drop_after_reply_rate": 1, "calls": ["GUEST onMessage"]}""");
        await using var guest = await Guest.InSessionAsync(simulator);
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => guest.SayAsync(new { type = "Text", text = "a" }));
        Assert.Equal("dropped", Assert.Single(await simulator.ReceivedAsync()).GetProperty("reply").GetString());
    }

    [Fact]
    public async Task A_poisoned_file_fails_on_every_route_and_others_pass()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"poisoned_files": ["bad.pdf"], "fetch": "none"}""");
        var leg = await simulator.LiveLegAsync();
        await using var guest = await Guest.InSessionAsync(simulator);
        Assert.Equal("500 500 500", await StatusesAsync("bad.pdf"));
        Assert.Equal("200 200 200", await StatusesAsync("good.pdf"));
        Assert.Equal(2, (await simulator.ReceivedAsync()).Length);
        Assert.Equal(5000, (await guest.AttachAsync("a-1", "bad.pdf", "application/pdf", 1)).GetProperty("body").GetProperty("errorCode").GetInt32());
        Assert.Equal("PresignedUrlResponse", Guest.ClassOf(await guest.AttachAsync("a-2", "good.pdf", "application/pdf", 1)));

        async Task<string> StatusesAsync(string name)
        {
            using var attached = await simulator.AttachAsync([1], name: name);
            using var message = await simulator.MessageAsync(OpenMessages.File("http://127.0.0.1:1/", filename: name));
            using var begun = await simulator.BeginAsync(leg, name, 1);
            return $"{(int)attached.StatusCode} {(int)message.StatusCode} {(int)begun.StatusCode}";
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_attachments_route_is_held_to_the_request_limit_only_when_asked(bool chunked)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        simulator.Http.DefaultRequestHeaders.TransferEncodingChunked = chunked;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(600_000));
        await simulator.FaultsAsync("""{"limit_attachments": true}""");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(500_000));
        using var reply = await simulator.AttachAsync(new byte[512_001]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        var error = await RunningSimulator.ErrorOf(reply);
        Assert.Equal("request.entity.too.large", error.GetProperty("code").GetString());
        Assert.Contains("512000", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        async Task<HttpStatusCode> StatusAsync(int size)
        {
            using var taken = await simulator.AttachAsync(new byte[size]);
            return taken.StatusCode;
        }
    }
}
