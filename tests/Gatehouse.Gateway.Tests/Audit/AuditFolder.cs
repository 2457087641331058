using System.Text.Json;
using Gatehouse.Gateway.Audit;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Tests.Audit;

/// <summary>A folder for an audit, and who reads what is in it.</summary>
internal sealed class AuditFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.File("audit");

    /// <summary>Names of its files, in their order.</summary>
    public IReadOnlyList<string> Names => [.. Directory.EnumerateFiles(Path, "*.jsonl").Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public AuditFiles Open(long maxFileBytes = long.MaxValue) => new(OwnedFolder.Open("Audit:Directory", Path), maxFileBytes);

    public string Text(string name)
    {
        using var file = new StreamReader(new FileStream(File(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd();
    }

    public IReadOnlyList<string> Lines() => [.. Names.SelectMany(name => Text(name).Split('\n')[..^1])];

    /// <summary>As soon as there are so many.</summary>
    public Task<IReadOnlyList<JsonElement>> RecordsAsync(int count) => Eventually.GetAsync($"the audit has {count} records", () =>
    {
        var lines = Directory.Exists(Path) ? Lines() : [];
        return Task.FromResult((lines.Count >= count, (IReadOnlyList<JsonElement>)[.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))]));
    });

    public void Dispose() => _folder.Dispose();
}
