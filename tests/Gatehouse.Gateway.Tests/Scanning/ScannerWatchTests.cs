using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Gateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Gateway.Tests.Scanning;

/// <summary>What the probe of the largest file says of a node.</summary>
public sealed class ScannerWatchTests : IDisposable
{
    private const long Largest = 200_000;

    private readonly ManualTime _clock = new();
    private readonly FakeClamd _clamd = new();
    private readonly List<IDisposable> _opened = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_limit_of_clamds_makes_a_node_not_ready_unless_such_files_are_let_in_all_the_same(bool accepts)
    {
        _clamd.StreamMaxLength = 100_000;
        var watch = Watch(accepts);
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal(accepts, watch.Refused is null);
        Assert.Contains("StreamMaxLength", watch.Trouble, StringComparison.Ordinal);
        Assert.Equal(accepts, watch.Trouble!.Contains("let in unscanned", StringComparison.Ordinal));
        await WellAgainAsync(watch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clamd_that_only_takes_too_long_leaves_a_node_ready_and_is_told(bool accepts)
    {
        _clamd.Answer = static _ => null;
        var watch = Watch(accepts);
        var look = watch.LookAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => !_clamd.Scanned.IsEmpty);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await look;
        Assert.Null(watch.Refused);
        Assert.Contains("Scanner:TimeoutSeconds", watch.Trouble, StringComparison.Ordinal);
        await WellAgainAsync(watch);
    }

    public void Dispose()
    {
        foreach (var one in _opened) one.Dispose();
        _clamd.Dispose();
    }

    private async Task WellAgainAsync(ScannerWatch watch)
    {
        (_clamd.StreamMaxLength, _clamd.Answer) = (null, static _ => "stream: OK");
        await watch.LookAsync(CancellationToken.None);
        Assert.Null(watch.Trouble);
    }

    private ScannerWatch Watch(bool accepts)
    {
        var options = new ScannerOptions { Clamd = _clamd.Address, AcceptsInconclusive = accepts };
        var scanner = new Scanner(options, new GatewayMetrics(), _clock, NullLogger<Scanner>.Instance);
        var watch = new ScannerWatch(scanner, options, Largest, _clock, NullLogger<ScannerWatch>.Instance);
        _opened.AddRange([watch, scanner]);
        return watch;
    }
}
