using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Gateway.Tests.Scanning;

/// <summary>What becomes of each way in which clamd may answer, or not.</summary>
public sealed class ScannerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _clock = new();
    private readonly FakeClamd _clamd = new();
    private readonly List<Scanner> _scanners = [];

    [Theory]
    [InlineData("stream: OK", ScanResult.Clean, null)]
    [InlineData("stream: Win.Test.EICAR_HDB-1 FOUND", ScanResult.Infected, "Win.Test.EICAR_HDB-1")]
    [InlineData("stream: Name with FOUND in it FOUND", ScanResult.Infected, "Name with FOUND in it")]
    [InlineData("stream: Heuristics.Encrypted.PDF FOUND", ScanResult.Infected, "Heuristics.Encrypted.PDF")]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", ScanResult.Inconclusive, "Heuristics.Limits.Exceeded.MaxFileSize")]
    [InlineData("stream: Heuristics.Limits.Exceeded FOUND", ScanResult.Inconclusive, "Heuristics.Limits.Exceeded")]
    [InlineData("INSTREAM size limit exceeded. ERROR", ScanResult.Inconclusive, null)]
    [InlineData("stream: Can't allocate memory ERROR", ScanResult.Inconclusive, null)]
    [InlineData("stream: Time limit reached ERROR", ScanResult.Inconclusive, null)]
    [InlineData("stream:  FOUND", ScanResult.Unreachable, null)]
    [InlineData("stream: ", ScanResult.Unreachable, null)]
    [InlineData("HTTP/1.1 400 Bad Request", ScanResult.Unreachable, null)]
    [InlineData("OK", ScanResult.Unreachable, null)]
    public async Task Every_answer_has_its_result(string answer, ScanResult result, string? signature)
    {
        _clamd.Answer = _ => answer;
        var report = await ScanAsync(Scanner(), 100);
        Assert.Equal((result, signature), (report.Result, report.Signature));
        Assert.Equal(result is ScanResult.Clean or ScanResult.Infected, report.Detail is null);
    }

    [Fact]
    public async Task An_answer_that_comes_a_byte_at_a_time_is_read_whole()
    {
        (_clamd.Splits, _clamd.Answer) = (true, static _ => "stream: Some.Thing FOUND");
        var scanner = Scanner();
        for (var i = 0; i < 3; i++) Assert.Equal("Some.Thing", (await ScanAsync(scanner, 100)).Signature);
    }

    [Fact]
    public async Task Files_of_every_size_arrive_as_they_are_over_one_session()
    {
        var scanner = Scanner();
        foreach (var size in (int[])[1, 65_535, 65_536, 65_537, 300_000, 1_000_000])
        {
            using var file = File(size, out var hash);
            Assert.Equal(ScanResult.Clean, (await scanner.ScanAsync(file, CancellationToken.None)).Result);
            Assert.Equal(hash, _clamd.Scanned.Last());
        }
        Assert.Equal(1, _clamd.Opened);
    }

    [Fact]
    public async Task The_version_is_told_with_each_scan_as_signatures_change_in_between()
    {
        var scanner = Scanner();
        var report = await ScanAsync(scanner, 1);
        Assert.Equal(("ClamAV 1.4.6", "27450"), (report.Engine, report.Database));
        _clamd.Version = "ClamAV 1.4.6/27451/Fri Nov 15 09:33:00 2024";
        Assert.Equal("27451", (await ScanAsync(scanner, 1)).Database);
        _clamd.Version = "ClamAV 1.4.6";
        report = await ScanAsync(scanner, 1);
        Assert.Equal(("ClamAV 1.4.6", null), (report.Engine, report.Database));
    }

    [Fact]
    public async Task It_speaks_over_a_Unix_socket_too()
    {
        using var clamd = new FakeClamd(_folder.File("clamd.ctl"));
        Assert.Equal(ScanResult.Clean, (await ScanAsync(Scanner(clamd.Address), 300_000)).Result);
    }

    [Fact]
    public async Task An_idle_session_that_clamd_ended_is_no_failure()
    {
        var scanner = Scanner();
        for (var i = 1; i < 4; i++)
        {
            Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, 100)).Result);
            Assert.Equal(i, _clamd.Opened);
            _clamd.CloseConnections();
        }
    }

    [Fact]
    public async Task An_idle_session_that_fails_while_it_is_used_is_tried_again_on_a_new_one()
    {
        var scanner = Scanner();
        await ScanAsync(scanner, 100);
        _clamd.Answer = _ =>
        {
            _clamd.Answer = static _ => "stream: OK";
            return "";
        };
        Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, 100)).Result);
        Assert.Equal(2, _clamd.Opened);
        Assert.False(scanner.IsOpen);
    }

    [Fact]
    public async Task Sessions_are_as_many_as_scans_at_once_and_no_more_than_allowed()
    {
        using var gate = new SemaphoreSlim(0);
        AnswersBehind(gate);
        var scanner = Scanner(connections: 2);
        var scans = Enumerable.Range(0, 5).Select(_ => ScanAsync(scanner, 100)).ToList();
        await Eventually.TrueAsync(() => _clamd.Scanned.Count == 2);
        gate.Release(5);
        Assert.All(await Task.WhenAll(scans), report => Assert.Equal(ScanResult.Clean, report.Result));
        Assert.Equal(2, _clamd.Opened);
    }

    [Fact]
    public async Task Who_finds_no_free_connection_within_the_timeout_is_told_so()
    {
        using var gate = new SemaphoreSlim(0);
        AnswersBehind(gate);
        var scanner = Scanner(connections: 1);
        var first = ScanAsync(scanner, 100);
        await Eventually.TrueAsync(() => _clamd.Scanned.Count == 1);
        // When the first one's limit is reached as well it holds its connection for as long as it asks in vain whether clamd lives.
        _clamd.Hangs = true;
        var second = ScanAsync(scanner, 100);
        await PassTimeUntilAsync(() => second.IsCompleted);
        var report = await second;
        Assert.Equal(ScanResult.Unreachable, report.Result);
        Assert.Contains("No connection became free", report.Detail, StringComparison.Ordinal);
        gate.Release(5);
        await PassTimeUntilAsync(() => first.IsCompleted);
    }

    [Fact]
    public async Task A_wait_for_a_connection_and_the_scan_have_one_timeout_and_what_others_took_of_it_is_not_the_files_fault()
    {
        using var gate = new SemaphoreSlim(0);
        AnswersBehind(gate);
        var scanner = Scanner(connections: 1);
        var first = ScanAsync(scanner, 100);
        await Eventually.TrueAsync(() => _clamd.Scanned.Count == 1);
        var second = ScanAsync(scanner, 100);
        _clock.Advance(TimeSpan.FromSeconds(40));
        _clamd.Answer = static _ => null;
        gate.Release();
        await first;
        await Eventually.TrueAsync(() => _clamd.Scanned.Count == 2);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually.TrueAsync(() => second.IsCompleted);
        var report = await second;
        Assert.Equal(ScanResult.Unreachable, report.Result);
        Assert.Contains("of which 40 s", report.Detail, StringComparison.Ordinal);
        Assert.Null(scanner.Away);
    }

    [Fact]
    public async Task A_file_that_this_node_cannot_read_is_its_own_fault_and_none_of_clamds()
    {
        var scanner = Scanner();
        for (var i = 0; i < 3; i++)
        {
            using var broken = new BrokenFile();
            await Assert.ThrowsAsync<FileUnscannableException>(async () => await scanner.ScanAsync(broken, CancellationToken.None));
        }
        Assert.Equal((false, null), (scanner.IsOpen, scanner.Away));
        Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, 100)).Result);
    }

    [Fact]
    public async Task A_limit_that_clamd_meets_before_the_file_s_end_is_inconclusive_and_the_next_file_is_scanned()
    {
        _clamd.StreamMaxLength = 100_000;
        var scanner = Scanner();
        var report = await ScanAsync(scanner, 5_000_000);
        Assert.Equal((ScanResult.Inconclusive, "INSTREAM size limit exceeded. ERROR"), (report.Result, report.Detail));
        Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, 50_000)).Result);
        Assert.False(scanner.IsOpen);
    }

    [Fact]
    public async Task A_file_that_takes_too_long_is_inconclusive_as_long_as_clamd_answers_others()
    {
        _clamd.Answer = static _ => null;
        var scanner = Scanner();
        var scan = ScanAsync(scanner, 100);
        await Eventually.TrueAsync(() => _clamd.Scanned.Count == 1);
        // Once: time that went on would pass while clamd is asked whether it lives.
        _clock.Advance(TimeSpan.FromSeconds(60));
        var report = await scan;
        Assert.Equal((ScanResult.Inconclusive, "27450"), (report.Result, report.Database));
        _clamd.Answer = static _ => "stream: OK";
        Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, 100)).Result);
    }

    [Fact]
    public async Task A_clamd_that_answers_nobody_is_unreachable()
    {
        _clamd.Hangs = true;
        var scan = ScanAsync(Scanner(), 100);
        await Eventually.TrueAsync(() => _clamd.Opened > 0);
        await PassTimeUntilAsync(() => scan.IsCompleted);
        Assert.Equal(ScanResult.Unreachable, (await scan).Result);
    }

    [Fact]
    public async Task What_is_no_clamd_is_unreachable_however_much_it_says()
    {
        _clamd.Version = new string('x', 100_000);
        Assert.Equal(ScanResult.Unreachable, (await ScanAsync(Scanner(), 100)).Result);
    }

    [Fact]
    public async Task Three_failures_in_a_row_open_the_circuit_and_an_answer_to_the_watch_closes_it()
    {
        _clamd.Drops = true;
        var scanner = Scanner();
        for (var i = 0; i < 3; i++)
        {
            Assert.False(scanner.IsOpen);
            Assert.Equal(ScanResult.Unreachable, (await ScanAsync(scanner, 100)).Result);
        }
        Assert.True(scanner.IsOpen);
        Assert.NotNull(scanner.Away);
        var asked = _clamd.Scanned.Count;
        Assert.Equal(ScanResult.Unreachable, (await ScanAsync(scanner, 100)).Result);
        Assert.Equal(asked, _clamd.Scanned.Count);

        _clamd.Drops = false;
        Assert.StartsWith("ClamAV", await scanner.LookAsync(CancellationToken.None), StringComparison.Ordinal);
        Assert.Null(scanner.Away);
        Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, 100)).Result);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_ends_the_scan_and_is_no_failure_of_clamds()
    {
        _clamd.Answer = static _ => null;
        var scanner = Scanner(connections: 1);
        using var hangUp = new CancellationTokenSource();
        using var file = File(100, out _);
        var scan = scanner.ScanAsync(file, hangUp.Token).AsTask();
        await Eventually.TrueAsync(() => _clamd.Scanned.Count == 1);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan);
        Assert.Null(scanner.Away);
        _clamd.Answer = static _ => "stream: OK";
        Assert.Equal(ScanResult.Clean, (await ScanAsync(scanner, 100)).Result);
    }

    public void Dispose()
    {
        foreach (var scanner in _scanners) scanner.Dispose();
        _clamd.Dispose();
        _folder.Dispose();
    }

    private void AnswersBehind(SemaphoreSlim gate) => _clamd.Answer = _ =>
    {
        gate.Wait();
        return "stream: OK";
    };

    private Task PassTimeUntilAsync(Func<bool> condition) => Eventually.HoldsAsync("it ends", () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(condition() ? null : "it does not");
    });

    private Scanner Scanner(EndPoint? clamd = null, int connections = 8)
    {
        var scanner = new Scanner(new ScannerOptions { Clamd = clamd ?? _clamd.Address, MaxConnections = connections }, new GatewayMetrics(), _clock, NullLogger<Scanner>.Instance);
        _scanners.Add(scanner);
        return scanner;
    }

    private async Task<ScanReport> ScanAsync(Scanner scanner, int size)
    {
        using var file = File(size, out _);
        return await scanner.ScanAsync(file, CancellationToken.None);
    }

    private ReceivedFile File(int size, out string hash)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var file = new Spool(_folder.Path).Begin();
        file.Append(bytes);
        return file;
    }

    /// <summary>On a disk that gives half of it.</summary>
    private sealed class BrokenFile : FileBytes
    {
        public override long Length => 200_000;

        public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
        {
            memory = default;
            return false;
        }

        public override int ReadAt(long offset, Span<byte> into) => offset < Length / 2 ? Math.Min(into.Length, 50_000) : throw new IOException("Input/output error");

        protected override void Dispose(bool disposing)
        {
        }
    }
}
