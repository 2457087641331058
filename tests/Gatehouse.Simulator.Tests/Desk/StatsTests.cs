using System.Net;

namespace Gatehouse.Simulator.Tests.Desk;

public sealed class StatsTests
{
    [Fact]
    public async Task Calls_are_counted_by_path_and_status()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var a = await simulator.ContactAsync("c-1");
        using var b = await simulator.ContactAsync("c-2");
        using var c = await simulator.ContactAsync("no%20id");
        using var d = await simulator.AttachAsync([1]);
        using var wrong = RunningSimulator.TokenRequest(secret: "wrong");
        using var e = await simulator.Http.SendAsync(wrong);

        var stats = await simulator.StatsAsync();
        Assert.Equal(
            """{"GET /api/v2/externalcontacts/contacts/{contactId}":{"200":2,"400":1},"POST /api/v2/externalcontacts/{contactId}/attachments":{"200":1},"POST /oauth/token":{"200":1,"400":1}}""",
            stats.GetProperty("calls").GetRawText());
        Assert.Equal(2, stats.GetProperty("token_requests").GetInt32());
        Assert.Equal(1, stats.GetProperty("received").GetInt32());
        Assert.Equal(7, stats.GetProperty("seed").GetInt32());
    }

    [Fact]
    public async Task The_counters_can_be_set_back()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var deleted = await simulator.Http.DeleteAsync("/simulator/stats");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        var stats = await simulator.StatsAsync();
        Assert.Equal(0, stats.GetProperty("token_requests").GetInt32());
        Assert.Equal("{}", stats.GetProperty("calls").GetRawText());
    }
}
