using System.Buffers;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Tests.Multipart;

/// <summary>Keeps all that it is told.</summary>
internal sealed class RecordingSink : IFormSink
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public FilePart? File { get; private set; }

    public bool FileEnded { get; private set; }

    public int Writes { get; private set; }

    /// <summary>What the file's beginning is answered with.</summary>
    public Problem? AtFileBegin { get; init; }

    public byte[] Bytes => _bytes.WrittenSpan.ToArray();

    public Problem? Field(string name, string value)
    {
        Assert.True(Fields.TryAdd(name, value), "a field came twice");
        return null;
    }

    public ValueTask<Problem?> FileBeginAsync(FilePart part, CancellationToken cancellationToken)
    {
        Assert.Null(File);
        File = part;
        return new(AtFileBegin);
    }

    public Problem? FileBytes(ReadOnlySpan<byte> bytes)
    {
        Assert.NotNull(File);
        Assert.False(FileEnded);
        Assert.False(bytes.IsEmpty);
        Writes++;
        _bytes.Write(bytes);
        return null;
    }

    public Problem? FileEnd()
    {
        Assert.NotNull(File);
        Assert.False(FileEnded);
        FileEnded = true;
        return null;
    }

    /// <summary>Everything as one text, to compare two readings. How much of a file was passed on before a refusal depends on the reads.</summary>
    public string Describe(Problem? problem) => string.Join(
        '\n',
        Fields.Select(pair => $"{pair.Key}={pair.Value}").Append($"{File} {FileEnded} {(problem is null ? Convert.ToHexString(Bytes) : "")}").Append($"{problem?.Code} {problem?.Field}"));
}
