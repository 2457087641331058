using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>Many at once: slots, and memory.</summary>
public sealed class LoadTests
{
    [Fact]
    public async Task Sixty_four_uploads_of_5_MB_at_once_need_less_than_300_MB()
    {
        await using var simulator = await SimulatorProcess.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(simulator.Url, ("Logging:LogLevel:Default", "Warning"));
        var png = Pngs.Noise(5, 5_200_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => new UploadForm(png, "five.png", $"crowd-{i}") { Prefer = "wait=60" }.SendAsync(gateway.Http)));
        Assert.All(answers, a => a.Expect(HttpStatusCode.OK));
        Assert.Equal(64, (await simulator.ReceivedAsync()).Count(r => string.Equals(r.Sha256, Pngs.Sha256(png), StringComparison.Ordinal)));
        var peak = await gateway.Process.PeakMemoryBytesAsync();
        Assert.True(peak < 300L * 1024 * 1024, $"peak memory was {peak / 1048576} MB");
    }

    [Fact]
    public async Task A_third_upload_of_a_contact_at_once_waits_for_a_slot_and_gets_it()
    {
        await using var simulator = await SimulatorProcess.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(simulator.Url);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => new UploadForm(Pngs.Noise(i, 2_000_000), $"{i}.png", "eager").SendAsync(gateway.Http)));
        Assert.All(answers, a => a.Expect(HttpStatusCode.OK));
        Assert.Equal(6, (await simulator.ReceivedAsync("eager")).Count);
    }
}
