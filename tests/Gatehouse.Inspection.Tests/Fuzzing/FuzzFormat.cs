namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>What the fuzzer knows of a format: how to make a valid file, where its parts begin, and how to repair what depends on them.</summary>
/// <param name="Mime">The type that a file of the format is accepted as.</param>
/// <param name="HeaderLength">A refusal at a later offset says that the file passed its header.</param>
/// <param name="Make">A valid small file.</param>
internal sealed record FuzzFormat(string Mime, int HeaderLength, Func<Random, byte[]> Make)
{
    /// <summary>The file in its parts: chunks, segments, objects, lines.</summary>
    public required Func<byte[], List<byte[]>> Split { get; init; }

    /// <summary>Checksums, lengths and cross-references set right again, and the parts put together.</summary>
    public Func<List<byte[]>, byte[]> Repair { get; init; } = parts => [.. parts.SelectMany(p => p)];

    /// <summary>How many parts belong together from one on: a container, what is in it, and its end.</summary>
    public Func<List<byte[]>, int, int> Extent { get; init; } = (_, _) => 1;

    /// <summary>Words that mean something in the format, to be written into a part.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    /// <summary>What is packed inside some of the parts.</summary>
    public PackedContent? Inner { get; init; }

    /// <summary>Types by which a refusal may name a file of the format too.</summary>
    public IReadOnlyList<string> AlsoNamed { get; init; } = [];

    /// <summary>Whether a refusal came after the header had been found right. Null: by its offset.</summary>
    public Func<Verdict.Refuse, byte[], bool>? IsBehindHeader { get; init; }

    /// <summary>Whether a refusal came from the last of the checks. Null: it is about the last two bytes, or what stands behind the end; not that it is missing.</summary>
    public Func<Verdict.Refuse, byte[], bool>? IsLastCheck { get; init; }

    public bool PassedHeader(Verdict.Refuse refusal, byte[] file) => IsBehindHeader?.Invoke(refusal, file) ?? refusal.Offset >= HeaderLength;

    public bool ReachedLastCheck(Verdict.Refuse refusal, byte[] file) =>
        IsLastCheck?.Invoke(refusal, file) ?? (refusal.Reason is not Reasons.Truncated && refusal.Offset >= file.Length - 2);

    /// <summary>Content that is unpacked, changed as a file of its own format, and packed again.</summary>
    /// <param name="Format">Of the content.</param>
    /// <param name="Unpack">Null: nothing is packed in the part.</param>
    /// <param name="Pack">The part with other content.</param>
    public sealed record PackedContent(FuzzFormat Format, Func<byte[], byte[]?> Unpack, Func<byte[], byte[], byte[]> Pack);
}
