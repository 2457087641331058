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

/// <summary>What an entry's content is, by its first bytes.</summary>
internal static class MemberStart
{
    /// <summary>As far as the deepest signature lies, a disc image's.</summary>
    public const int Length = 36 * 1024;

    public static MemberKind KindOf(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4)
            return MemberKind.Ordinary;
        if (ProgramSignatures.Match(start) is not null)
            return MemberKind.Program;
        if (OfficeSignatures.Match(start) is not null)
            return MemberKind.Compound;
        if (ArchiveSignatures.Match(start) is null)
            return MemberKind.Ordinary;
        return start.StartsWith("PK"u8) ? MemberKind.Zip : MemberKind.OtherArchive;
    }
}
