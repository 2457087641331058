using Gatehouse.Actors;
using Gatehouse.Gateway.Audit;
using Gatehouse.Gateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Gateway.Tests.Audit;

/// <summary>What is between a request and the disk: it never waits, it never grows without bound, and what it cannot keep it tells of.</summary>
public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly AuditFolder _folder = new();
    private readonly ManualTime _clock = new();
    private readonly GatewayMetrics _metrics = new();
    private AuditFiles? _files;

    public Task InitializeAsync()
    {
        _files = _folder.Open();
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        _files!.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_stop_writes_all_that_waits()
    {
        await using (var log = Log(room: 10_000))
        {
            await log.StartAsync(CancellationToken.None);
            for (var i = 0; i < 5000; i++) log.Add(Record(i));
            await log.StopAsync(CancellationToken.None);
        }
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"r{i}"), (await _folder.RecordsAsync(5000)).Select(r => r.GetProperty("request").GetString()!));
    }

    [Fact]
    public async Task While_the_disk_takes_nothing_records_wait_and_beyond_the_bound_they_are_counted_and_shown_as_a_gap()
    {
        Directory.CreateDirectory(_folder.File("2026-11-22-0001.jsonl"));
        await using var log = Log(room: 2);
        await log.StartAsync(CancellationToken.None);
        log.Add(Record(0));
        await Eventually.TrueAsync(() => log.Trouble is not null);
        for (var i = 1; i < 8; i++) log.Add(Record(i));
        Assert.Contains("cannot be written", log.Trouble, StringComparison.Ordinal);
        Assert.Contains("gatehouse_audit_records_total{result=\"lost\"} 5", await MetricsAsync(), StringComparison.Ordinal);

        Directory.Delete(_folder.File("2026-11-22-0001.jsonl"));
        await Eventually.HoldsAsync("it is written", () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(log.Trouble);
        });
        var records = await _folder.RecordsAsync(4);
        Assert.Equal(["r0", "r1", "r2"], records.Where(r => r.TryGetProperty("request", out _)).Select(r => r.GetProperty("request").GetString()!));
        Assert.Equal(5, Assert.Single(records, r => r.TryGetProperty("lost", out _)).GetProperty("lost").GetInt64());
        Assert.Contains("gatehouse_audit_records_total{result=\"written\"} 3", await MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_though_the_disk_takes_nothing_and_counts_what_was_lost()
    {
        Directory.CreateDirectory(_folder.File("2026-11-22-0001.jsonl"));
        await using var log = Log(room: 10);
        await log.StartAsync(CancellationToken.None);
        for (var i = 0; i < 3; i++) log.Add(Record(i));
        await log.StopAsync(CancellationToken.None);
        Assert.Contains("gatehouse_audit_records_total{result=\"lost\"} 3", await MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_deletes_what_is_older_than_the_retention()
    {
        foreach (var day in (string[])["2026-08-23", "2026-08-24"]) await File.WriteAllTextAsync(_folder.File(day + "-0001.jsonl"), "\n");
        await using var log = Log(room: 10);
        await log.StartAsync(CancellationToken.None);
        Assert.Equal(["2026-08-24-0001.jsonl"], _folder.Names);
    }

    [Fact]
    public async Task A_node_that_nobody_sends_to_deletes_what_grows_too_old()
    {
        await File.WriteAllTextAsync(_folder.File("2026-08-24-0001.jsonl"), "\n");
        await using var log = Log(room: 10);
        await log.StartAsync(CancellationToken.None);
        Assert.Single(_folder.Names);
        _clock.Now += TimeSpan.FromDays(1);
        await Eventually.HoldsAsync("it is deleted", () =>
        {
            _clock.Advance(TimeSpan.FromHours(1));
            return Task.FromResult(_folder.Names.Count == 0 ? null : "it is there");
        });
    }

    private AuditLog Log(int room) => new(_files!, new AuditLine(new Pseudonyms(key: null)), retentionDays: 90, _metrics, _clock, NullLogger<AuditLog>.Instance, room);

    private AuditRecord Record(int number) => new(_clock.Now, UploadId.New(), $"r{number}") { Verdict = "accept", Outcome = "admitted" };

    private async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
