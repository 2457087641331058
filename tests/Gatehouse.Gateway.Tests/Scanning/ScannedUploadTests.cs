using System.Net;
using System.Text.Json;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Gateway.Tests.Audit;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Tests.Scanning;

/// <summary>What a caller, the audit, readiness and the metrics hear of the scanner.</summary>
public sealed class ScannedUploadTests : GatewayAtSimulator, IDisposable
{
    private readonly AuditFolder _audit = new();
    private readonly FakeClamd _clamd = new();

    private bool Accepts { get; set; }

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        Audit = new AuditOptions { Directory = _audit.Path },
        Scanner = new ScannerOptions { Clamd = _clamd.Address, AcceptsInconclusive = Accepts, TimeoutSeconds = 60 },
    };

    [Fact]
    public async Task A_clean_file_goes_on_and_the_audit_says_by_which_signatures()
    {
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello")).Status);
        var scan = await ScanOfAsync();
        Assert.Equal(("clean", null, "ClamAV 1.4.6", "27450"), (Text(scan, "result"), Text(scan, "signature"), Text(scan, "engine"), Text(scan, "database")));
        var metrics = await Gateway.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("gatehouse_scans_total{result=\"clean\"} ", metrics, StringComparison.Ordinal);
        Assert.Contains("gatehouse_scan_seconds_count ", metrics, StringComparison.Ordinal);
        Assert.Contains("gatehouse_scanner_up 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malware_is_a_422_that_does_not_name_what_was_found_while_the_audit_does()
    {
        _clamd.Answer = static file => file.AsSpan().IndexOf("bad"u8) >= 0 ? "stream: Some.Virus FOUND" : "stream: OK";
        var answer = await Gateway.UploadAsync("ada", "something bad");
        Assert.Equal((422, "content-unsafe", "malware", "text/plain"), (answer.Status, answer.Code, Text(answer.Body, "reason"), Text(answer.Body, "detected_mime")));
        Assert.DoesNotContain("Some.Virus", answer.Body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("byte", Text(answer.Body, "detail"), StringComparison.Ordinal);
        Assert.Empty(await Genesys.ReceivedAsync());
        var record = Assert.Single(await _audit.RecordsAsync(1));
        Assert.Equal(("refuse", "malware", JsonValueKind.Null), (Text(record, "verdict"), Text(record, "reason"), record.GetProperty("offset").ValueKind));
        Assert.Equal(("infected", "Some.Virus"), (Text(record.GetProperty("scan"), "result"), Text(record.GetProperty("scan"), "signature")));
    }

    [Fact]
    public async Task A_file_without_a_verdict_is_a_422_or_let_in_with_a_flag_where_that_is_wanted()
    {
        await Eventually.TrueAsync(() => !_clamd.Scanned.IsEmpty);
        _clamd.Answer = static _ => "stream: Heuristics.Limits.Exceeded.MaxScanTime FOUND";
        var refused = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((422, "content-unsafe", "scan-inconclusive"), (refused.Status, refused.Code, Text(refused.Body, "reason")));

        Accepts = true;
        await RestartAsync();
        var let = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal(200, let.Status);
        Assert.Equal(["scan-inconclusive"], let.Body.GetProperty("upload").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!));
    }

    [Fact]
    public async Task Without_its_scanner_nothing_is_let_in_or_kept_and_readiness_is_degraded()
    {
        await Eventually.TrueAsync(() => !_clamd.Scanned.IsEmpty);
        _clamd.Dispose();
        for (var i = 0; i < 4; i++)
        {
            var refused = await Gateway.UploadAsync("ada", "hello");
            Assert.Equal((503, "scanner-unavailable"), (refused.Status, refused.Code));
            Assert.NotNull(refused.Headers.RetryAfter);
        }
        Assert.Equal(0, Gateway.Get<Spool>().Bytes);
        Assert.Empty((await Gateway.GetAsync("/v1/contacts/ada/uploads")).Body.GetProperty("items").EnumerateArray());
        var ready = await Gateway.GetAsync("/health/ready");
        Assert.Equal((200, "degraded"), (ready.Status, Text(ready.Body, "status")));
        Assert.StartsWith("The virus scanner cannot be reached", Text(ready.Body.GetProperty("checks").GetProperty("scanner"), "detail"), StringComparison.Ordinal);
        // The last one was turned away before its file was read.
        var records = await _audit.RecordsAsync(1);
        Assert.InRange(records.Count, 1, 3);
        var record = records[0];
        Assert.Equal(("none", "scanner-unavailable", "unreachable"), (Text(record, "verdict"), Text(record, "code"), Text(record.GetProperty("scan"), "result")));

        using var back = new FakeClamd(port: ((IPEndPoint)_clamd.Address).Port);
        await Gateway.Get<ScannerWatch>().LookAsync(CancellationToken.None);
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello")).Status);
    }

    [Fact]
    public async Task What_the_validators_refuse_never_reaches_the_scanner()
    {
        await Gateway.UploadAsync("ada", "MZ\0\0 not text");
        await Gateway.UploadAsync("ada", "<html><body onload=\"x()\">");
        Assert.All(await _audit.RecordsAsync(2), record => Assert.Equal(JsonValueKind.Null, record.GetProperty("scan").ValueKind));
        Assert.DoesNotContain(RunningGateway.Sha256("MZ\0\0 not text"), _clamd.Scanned);
        Assert.DoesNotContain(RunningGateway.Sha256("<html><body onload=\"x()\">"), _clamd.Scanned);
    }

    [Fact]
    public async Task A_node_whose_scanner_cannot_take_the_largest_file_is_not_ready_until_it_can_or_such_files_are_let_in()
    {
        await Eventually.TrueAsync(() => !_clamd.Scanned.IsEmpty);
        var watch = Gateway.Get<ScannerWatch>();
        _clamd.StreamMaxLength = 100_000;
        await RestartAsync();
        watch = Gateway.Get<ScannerWatch>();
        await Eventually.TrueAsync(() => watch.Refused is not null);
        var ready = await Gateway.GetAsync("/health/ready");
        Assert.Equal((503, "not-ready"), (ready.Status, Text(ready.Body, "status")));
        var why = Text(ready.Body.GetProperty("checks").GetProperty("scanner"), "detail")!;
        foreach (var word in (string[])["5242880", "StreamMaxLength", "MaxFileSize", "MaxScanSize", "AlertExceedsMax"]) Assert.Contains(word, why, StringComparison.Ordinal);

        Accepts = true;
        await RestartAsync();
        watch = Gateway.Get<ScannerWatch>();
        await Eventually.TrueAsync(() => watch.Trouble is not null);
        ready = await Gateway.GetAsync("/health/ready");
        Assert.Equal((200, "degraded"), (ready.Status, Text(ready.Body, "status")));

        _clamd.StreamMaxLength = null;
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal("ready", Text((await Gateway.GetAsync("/health/ready")).Body, "status"));
    }

    public void Dispose()
    {
        _clamd.Dispose();
        _audit.Dispose();
    }

    private async Task<JsonElement> ScanOfAsync() => Assert.Single(await _audit.RecordsAsync(1)).GetProperty("scan");

    private static string? Text(JsonElement record, string member) => record.GetProperty(member).GetString();
}
