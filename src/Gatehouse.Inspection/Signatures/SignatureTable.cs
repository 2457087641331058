namespace Gatehouse.Inspection.Signatures;

/// <summary>
/// Names the types that a contact centre meets by their signature. Strict: a signature of two or three letters counts only when the header fields
/// after it make sense, so that a text which begins with "BM", "MZ", "PK" or "ID3" stays a text.
/// </summary>
public static class SignatureTable
{
    /// <summary>The type of a file that starts with <paramref name="prefix"/> (its first 64 KB, or all of a shorter one); null: no signature fits.</summary>
    public static NamedType? Identify(ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length < 4)
            return null;
        return ImageSignatures.Match(prefix)
            ?? ArchiveSignatures.Match(prefix)
            ?? OfficeSignatures.Match(prefix)
            ?? MediaSignatures.Match(prefix)
            ?? ProgramSignatures.Match(prefix)
            ?? DataSignatures.Match(prefix);
    }
}
