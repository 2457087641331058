using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Zip;

internal enum MemberKind
{
    /// <summary>Nothing that is looked for: a picture, a PDF, a text.</summary>
    Ordinary,
    Program,

    /// <summary>An old or encrypted Office file, or an OLE object: a file system of its own, whose macros cannot be seen.</summary>
    Compound,
    Zip,
    OtherArchive,
}

/// <summary>An entry's first bytes, as far as the deepest signature lies, a disc image's, and what they tell.</summary>
internal readonly ref struct MemberStart
{
    private const int Length = 36 * 1024;

    private readonly PooledSpan<byte> _buffer = new(Length);
    private readonly int _length;

    public MemberStart(Stream content) => _length = content.ReadAtLeast(_buffer.Span, Length, throwOnEndOfStream: false);

    public ReadOnlySpan<byte> Bytes => _buffer.Span[.._length];

    public MemberKind Kind
    {
        get
        {
            var start = Bytes;
            if (start.Length < 4)
                return MemberKind.Ordinary;
            if (ProgramSignatures.Match(start) is not null || IsScript(start))
                return MemberKind.Program;
            if (OfficeSignatures.Match(start) is not null)
                return MemberKind.Compound;
            if (IsZip(start))
                return MemberKind.Zip;
            return ArchiveSignatures.Match(start) is null ? MemberKind.Ordinary : MemberKind.OtherArchive;
        }
    }

    /// <summary>An entry, an end, a part of a split archive, or one that was to be split (APPNOTE.TXT 8.5): whatever follows, programs look further.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8) || start.StartsWith("PK\x07\x08"u8) || start.StartsWith("PK00PK"u8);

    public void Dispose() => _buffer.Dispose();

    /// <summary>A shebang with a path.</summary>
    private static bool IsScript(ReadOnlySpan<byte> start) => start.StartsWith("#!"u8) && start[2..].TrimStart(" \t"u8).StartsWith("/"u8);
}
