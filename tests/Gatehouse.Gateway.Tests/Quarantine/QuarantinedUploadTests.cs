using System.Text.Json;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Audit;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Quarantine;

/// <summary>Refused bytes are kept where that is wanted, and nowhere else.</summary>
public sealed class QuarantinedUploadTests : GatewayAtSimulator, IDisposable
{
    private readonly AuditFolder _audit = new();
    private readonly TemporaryFolder _folder = new();

    private bool IsOff { get; set; }

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        Audit = new AuditOptions { Directory = _audit.Path },
        Quarantine = new QuarantineOptions { Directory = IsOff ? null : _folder.File("q") },
        Quotas = options.Quotas with { MaxFiles = 1 },
    };

    [Fact]
    public async Task A_refused_file_is_kept_whole_with_what_the_audit_says_of_it()
    {
        const string Text = "a page:\n<script>alert(1)</script>\n";
        Assert.Equal(415, (await Gateway.UploadAsync("ada", Text, filename: "evil.sh")).Status);
        var line = Assert.Single(await LinesAsync(1));
        var id = JsonSerializer.Deserialize<JsonElement>(line).GetProperty("upload").GetString()!;
        Assert.Equal([$"{id}.bin", $"{id}.json"], Names());
        Assert.Equal(Text, await File.ReadAllTextAsync(_folder.File($"q/{id}.bin")));
        Assert.Equal(line + "\n", await File.ReadAllTextAsync(_folder.File($"q/{id}.json")));
        Assert.Contains("gatehouse_quarantine_files_total{result=\"kept\"} 1", await Gateway.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_by_its_first_bytes_is_kept_as_far_as_it_was_read()
    {
        await Gateway.UploadAsync("ada", "MZ\0\0\0\0" + new string('x', 2_000_000));
        var record = Assert.Single(await _audit.RecordsAsync(1));
        var kept = new FileInfo(_folder.File($"q/{record.GetProperty("upload").GetString()}.bin"));
        Assert.Equal(record.GetProperty("size").GetInt64(), kept.Length);
        Assert.InRange(kept.Length, 6, 2_000_005);
        Assert.Equal(JsonValueKind.Null, record.GetProperty("sha256").ValueKind);
    }

    [Fact]
    public async Task What_was_let_in_and_what_was_refused_for_other_reasons_is_not_kept()
    {
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello")).Status);
        Assert.Equal(429, (await Gateway.UploadAsync("ada", "hello again")).Status);
        Assert.Equal(413, (await Gateway.UploadAsync("bob", new string('a', 5_300_000))).Status);
        Assert.Equal(400, (await Gateway.UploadAsync("bob", "")).Status);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_kept()
    {
        IsOff = true;
        await RestartAsync();
        Assert.Equal(415, (await Gateway.UploadAsync("ada", "MZ\0\0\0\0")).Status);
        Assert.Single(await LinesAsync(1));
        Assert.Empty(Names());
    }

    public void Dispose()
    {
        _audit.Dispose();
        _folder.Dispose();
    }

    private IEnumerable<string> Names() => Directory.EnumerateFiles(_folder.File("q")).Select(path => Path.GetFileName(path)).Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<string>> LinesAsync(int count)
    {
        await _audit.RecordsAsync(count);
        return _audit.Lines();
    }
}
