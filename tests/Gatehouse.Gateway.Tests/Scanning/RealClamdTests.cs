using System.Net;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Gateway.Tests.Scanning;

/// <summary>Against clamd itself.</summary>
public sealed class RealClamdTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [ClamdFact]
    public async Task Files_are_scanned_over_TCP_and_a_socket_one_after_the_other_and_at_once()
    {
        using var clamd = new ClamdServer();
        foreach (var address in (EndPoint[])[clamd.Tcp, clamd.Unix])
        {
            using var scanner = Scanner(address);
            Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, "hello")).Result);
            var found = await ScanAsync(scanner, $"one, two, {ClamdServer.Marker}, three");
            Assert.Equal((ScanResult.Infected, ClamdServer.Signature), (found.Result, found.Signature));
            Assert.StartsWith("ClamAV ", found.Engine, StringComparison.Ordinal);
            var reports = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ScanAsync(scanner, i % 2 == 0 ? "clean" : ClamdServer.Marker)));
            Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? ScanResult.Clean : ScanResult.Infected), reports.Select(report => report.Result));
        }
    }

    [ClamdFact]
    public async Task A_stream_above_its_limit_is_inconclusive_and_a_node_that_lets_such_files_in_is_told_what_to_raise()
    {
        using var clamd = new ClamdServer("StreamMaxLength 1M");
        using var scanner = Scanner(clamd.Tcp);
        var report = await ScanAsync(scanner, new string('a', 3_000_000));
        Assert.Equal(ScanResult.Inconclusive, report.Result);
        Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, "hello")).Result);
        Assert.Contains("StreamMaxLength", await ProbeAsync(scanner, 1_100_000), StringComparison.Ordinal);
        Assert.Null(await ProbeAsync(scanner, 1_000_000));
    }

    [ClamdFact]
    public async Task A_file_that_it_would_not_look_at_whole_is_inconclusive_where_it_is_told_to_say_so()
    {
        using var clamd = new ClamdServer("MaxFileSize 1M", "AlertExceedsMax yes");
        using var scanner = Scanner(clamd.Tcp);
        var report = await ScanAsync(scanner, new string('a', 1_100_000));
        Assert.Equal(ScanResult.Inconclusive, report.Result);
        Assert.StartsWith("Heuristics.Limits.Exceeded", report.Signature, StringComparison.Ordinal);
        Assert.NotNull(await ProbeAsync(scanner, 1_100_000));
        Assert.Null(await ProbeAsync(scanner, 1_000_000));
    }

    public void Dispose() => _folder.Dispose();

    private static Scanner Scanner(EndPoint clamd) => new(new ScannerOptions { Clamd = clamd }, new GatewayMetrics(), TimeProvider.System, NullLogger<Scanner>.Instance);

    /// <summary>What a node says whose largest file is of this size.</summary>
    private static async Task<string?> ProbeAsync(Scanner scanner, long size)
    {
        using var watch = new ScannerWatch(scanner, new ScannerOptions(), size, TimeProvider.System, NullLogger<ScannerWatch>.Instance);
        await watch.LookAsync(CancellationToken.None);
        return watch.Refused;
    }

    private async Task<ScanReport> ScanAsync(Scanner scanner, string text)
    {
        using var file = new Spool(_folder.Path).Begin();
        file.Append(System.Text.Encoding.ASCII.GetBytes(text));
        return await scanner.ScanAsync(file, CancellationToken.None);
    }
}
