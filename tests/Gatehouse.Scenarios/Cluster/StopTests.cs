using System.Net;
using Gatehouse.Scenarios.Cluster.Running;
using Gatehouse.Scenarios.Harness;
using Gatehouse.Testing.Postgres;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>SIGSTOP past the lease, then SIGCONT: who slept through the end of its claim has lost it.</summary>
public sealed class StopTests
{
    [PostgresFact]
    public async Task A_sender_that_sleeps_past_its_lease_records_nothing_when_it_wakes_and_sends_nothing_more()
    {
        await using var deployment = await Deployment.StartAsync(new() { Name = "stop", Seed = 1, Nodes = 2, Load = TimeSpan.Zero });
        var (simulator, sleeper, other) = (deployment.Simulator, deployment.Nodes[0], deployment.Nodes[1]);
        await simulator.FaultsAsync(new { hold_replies = true });
        List<string> ids = [];
        for (var i = 0; i < 3; i++) ids.Add((await new UploadForm(Pngs.Noise(i, 20_000), $"{i}.png", "anna") { Prefer = "respond-async" }.SendAsync(sleeper.Http)).Expect(HttpStatusCode.Accepted).Id);
        await ArriveAsync(1);
        await sleeper.StopAsync();
        await ArriveAsync(2);

        // In the middle of the other's attempt, whose reply is held as well.
        await sleeper.ContinueAsync();
        await Eventually.HoldsAsync("the sleeper's attempt has ended", async () =>
            (await sleeper.Http.GetStringAsync("/metrics")).Contains("\ngatehouse_delivery_runners 0\n", StringComparison.Ordinal) ? null : "not yet");
        Assert.Equal("delivering", await StatusAsync(other, ids[0]));
        Assert.Equal("queued", await StatusAsync(other, ids[1]));

        await simulator.WellAsync();
        await Eventually.HoldsAsync("the whole line is delivered", async () => await StatusAsync(sleeper, ids[2]) is "delivered" ? null : "not yet");
        Assert.Equal([ids[0], .. ids], (await simulator.ReceivedAsync("anna")).Select(r => r.MessageId));

        Task ArriveAsync(int calls) => Eventually.HoldsAsync($"{calls} calls arrive", async () => (await simulator.ReceivedAsync("anna")).Count == calls ? null : "not yet");
    }

    private static async Task<string> StatusAsync(ClusterNode node, string id) =>
        (await node.Gateway.GetJsonAsync($"/v1/uploads/{id}")).GetProperty("upload").GetProperty("status").GetString()!;
}
