namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>What the fuzzer knows of a format: how to make a valid file, where its parts begin, and how to repair what depends on them.</summary>
/// <param name="Mime">The type that a file of the format is accepted as.</param>
/// <param name="HeaderLength">A refusal at a later offset says that the file passed its header.</param>
/// <param name="Make">A valid small file.</param>
internal sealed record FuzzFormat(string Mime, int HeaderLength, Func<Random, byte[]> Make)
{
    /// <summary>The file in its parts: chunks, segments, objects, lines. Without an own way, blocks.</summary>
    public Func<byte[], List<byte[]>> Split { get; init; } = file => [.. file.Chunk(16)];

    /// <summary>Checksums, lengths and cross-references set right again, and the parts put together.</summary>
    public Func<List<byte[]>, byte[]> Repair { get; init; } = parts => [.. parts.SelectMany(p => p)];

    /// <summary>Words that mean something in the format, to be written into a part.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    /// <summary>Whether a refusal came from the last of the checks.</summary>
    public Func<Verdict.Refuse, byte[], bool> IsLastCheck { get; init; } = (refusal, file) => refusal.Offset >= file.Length - 2;
}
