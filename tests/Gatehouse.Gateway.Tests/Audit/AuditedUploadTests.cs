using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Audit;

/// <summary>One record for every file, with what was found and what became of it.</summary>
public sealed class AuditedUploadTests : GatewayAtSimulator, IDisposable
{
    private readonly AuditFolder _audit = new();

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        Audit = new AuditOptions { Directory = _audit.Path },
        Limits = options.Limits with { MaxFileBytes = 100_000 },
        Quotas = options.Quotas with { MaxFiles = 2 },
    };

    [Fact]
    public async Task An_accepted_file_is_recorded_with_all_that_was_found()
    {
        var answer = await Gateway.UploadAsync("ada", "Räkning", filename: "räkning.log.md.dat");
        var record = Assert.Single(await AllRecordsAsync());
        Assert.Equal(
            [
                "at", "upload", "request", "caller", "contact", "original_filename", "filename", "declared_size", "size", "sha256", "declared_mime", "detected_mime", "charset", "verdict", "outcome", "code",
                "reason", "offset", "flags", "scan",
            ],
            record.EnumerateObject().Select(member => member.Name));
        Assert.Equal((answer.Id, "local", "ada"), (Text(record, "upload"), Text(record, "caller"), Text(record, "contact")));
        Assert.Equal(("räkning.log.md.dat", "räkning.log.md.dat.txt"), (Text(record, "original_filename"), Text(record, "filename")));
        Assert.Equal((8, RunningGateway.Sha256("Räkning")), (record.GetProperty("size").GetInt64(), Text(record, "sha256")));
        Assert.InRange(record.GetProperty("declared_size").GetInt64(), 9, 1000);
        Assert.Equal(("text/plain", "text/plain", "utf-8"), (Text(record, "declared_mime"), Text(record, "detected_mime"), Text(record, "charset")));
        Assert.Equal(("accept", "admitted", null, null), (Text(record, "verdict"), Text(record, "outcome"), Text(record, "code"), Text(record, "reason")));
        Assert.Equal(["extension-mismatch"], record.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!));
        Assert.EndsWith("Z", Text(record, "at"), StringComparison.Ordinal);
        Assert.NotEmpty(Text(record, "request")!);
    }

    [Fact]
    public async Task It_is_recorded_at_its_admission_before_its_delivery_has_ended()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        var upload = Gateway.UploadAsync("ada", "hello");
        Assert.Equal("admitted", Text(Assert.Single(await _audit.RecordsAsync(1)), "outcome"));
        Assert.False(upload.IsCompleted);
        await Genesys.HealAsync();
        await upload;
        Assert.Single(await AllRecordsAsync());
    }

    [Fact]
    public async Task A_refused_file_is_recorded_with_code_reason_and_offset()
    {
        await Gateway.UploadAsync("ada", "first line\n<script>alert(1)</script>\n", filename: "note.txt");
        var record = Assert.Single(await AllRecordsAsync());
        Assert.Equal(("refuse", "refused", "type-not-allowed", "markup-as-text"), (Text(record, "verdict"), Text(record, "outcome"), Text(record, "code"), Text(record, "reason")));
        Assert.InRange(record.GetProperty("offset").GetInt64(), 11, 36);
        Assert.Equal("note.txt", Text(record, "original_filename"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_recorded_though_it_was_not_read()
    {
        var answer = await Gateway.UploadAsync("ada", new string('a', 1_200_000));
        Assert.Equal(413, answer.Status);
        var record = Assert.Single(await AllRecordsAsync());
        Assert.Equal(("refuse", "file-too-large", null), (Text(record, "verdict"), Text(record, "code"), Text(record, "sha256")));
        Assert.True(record.GetProperty("declared_size").GetInt64() > 1_200_000);
    }

    [Fact]
    public async Task Duplicates_repeats_and_what_a_quota_turns_away_have_records_of_their_own()
    {
        var first = await Gateway.UploadAsync("ada", "hello", key: "k1");
        await Gateway.UploadAsync("ada", "hello", key: "k1");
        await Gateway.UploadAsync("ada", "hello");
        await Gateway.UploadAsync("ada", "hello 2");
        Assert.Equal(429, (await Gateway.UploadAsync("ada", "hello 3")).Status);
        var records = await AllRecordsAsync();
        Assert.Equal(["admitted", "replayed", "duplicate", "admitted"], records.Select(record => Text(record, "outcome")!));
        Assert.All(records.Take(3), record => Assert.Equal(first.Id, Text(record, "upload")));
        Assert.All(records, record => Assert.Equal("accept", Text(record, "verdict")));
    }

    [Fact]
    public async Task Requests_without_a_file_are_not_recorded()
    {
        using var none = await Gateway.Http.PostAsync(new Uri("/upload?contact_id=ada", UriKind.Relative), new MultipartFormDataContent { { new StringContent("x"), "conversation_id" } });
        Assert.Equal(400, (int)none.StatusCode);
        await Gateway.UploadAsync("no such contact!", "hello");
        await Gateway.UploadAsync("ada", "hello");
        Assert.Equal("ada", Text(Assert.Single(await AllRecordsAsync()), "contact"));
    }

    [Fact]
    public async Task A_stop_leaves_no_answered_upload_without_its_record()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Gateway.UploadAsync($"c{i}", $"hello {i}")));
        Assert.Equal(answers.Select(answer => answer.Id).Order(StringComparer.Ordinal), (await AllRecordsAsync()).Select(record => Text(record, "upload")!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_with_hidden_characters_is_one_line_of_ASCII()
    {
        using var form = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=utf-8''%E2%80%AEgnp.exe%22%E2%80%8B.txt\r\n\r\nhello\r\n--b--\r\n", Encoding.UTF8);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var answer = await Gateway.Http.PostAsync(new Uri("/upload?contact_id=ada", UriKind.Relative), form);
        Assert.Equal(200, (int)answer.StatusCode);
        var record = Assert.Single(await AllRecordsAsync());
        Assert.Equal("\u202egnp.exe\"\u200b.txt", Text(record, "original_filename"));
        Assert.DoesNotContain(Assert.Single(_audit.Lines()), c => c is '\u202e' or '\u200b');
    }

    [Fact]
    public async Task An_audit_that_cannot_be_written_degrades_readiness_and_stops_no_upload()
    {
        foreach (var day in Enumerable.Range(-1, 3)) Directory.CreateDirectory(_audit.File(DateTime.UtcNow.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + "-0001.jsonl"));
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello")).Status);
        await Eventually.HoldsAsync("readiness tells", async () =>
        {
            var ready = await Gateway.GetAsync("/health/ready");
            var seen = (ready.Status, Text(ready.Body, "status"), Text(ready.Body.GetProperty("checks").GetProperty("audit"), "status"));
            return seen == (200, "degraded", "degraded") ? null : ready.Body.ToString();
        });
    }

    public void Dispose() => _audit.Dispose();

    /// <summary>After a stop, which ends when all are written: one too many would be there.</summary>
    private async Task<IReadOnlyList<JsonElement>> AllRecordsAsync()
    {
        await Gateway.App.StopAsync();
        return [.. _audit.Lines().Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static string? Text(JsonElement record, string member) => record.GetProperty(member).GetString();
}
