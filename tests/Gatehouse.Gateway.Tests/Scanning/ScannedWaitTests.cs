using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Scanning;

/// <summary>How long a caller waits whose file is scanned: by a clock of the test's own.</summary>
public sealed class ScannedWaitTests : GatewayAtSimulator, IDisposable
{
    private readonly ManualTime _clock = new();
    private readonly FakeClamd _clamd = new();

    private protected override TimeProvider Time => _clock;

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Scanner = new ScannerOptions { Clamd = _clamd.Address } };

    [Fact]
    public async Task What_the_scanner_took_is_part_of_the_wait_that_the_caller_asked_for()
    {
        using var gate = new SemaphoreSlim(0);
        _clamd.Answer = file =>
        {
            if (file.AsSpan().SequenceEqual("hello"u8)) gate.Wait();
            return "stream: OK";
        };
        await Genesys.FaultsAsync(new { hold_replies = true });
        var upload = Gateway.UploadAsync("ada", "hello", prefer: "wait=30");
        await Eventually.TrueAsync(() => _clamd.Scanned.Contains(RunningGateway.Sha256("hello")));
        _clock.Advance(TimeSpan.FromSeconds(40));
        gate.Release();
        // No time passes any more: who still waited would do so for ever.
        await Eventually.TrueAsync(() => upload.IsCompleted);
        Assert.Equal(202, (await upload).Status);
        await Genesys.HealAsync();
    }

    public void Dispose() => _clamd.Dispose();
}
