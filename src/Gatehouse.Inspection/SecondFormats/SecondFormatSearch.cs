using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>Another format found inside a file.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Offset">Of its first recognised byte, in the bytes that were searched.</param>
internal readonly record struct SecondFormatHit(string Name, long Offset);

/// <summary>
/// Looks for whole other formats at any offset of bytes in which nobody looks: comments, unknown segments, ancillary chunks, metadata values. A
/// signature counts only when the header behind it checks.
/// </summary>
internal static class SecondFormatSearch
{
    private static readonly (string Name, byte[] Signature, HeaderCheck IsAt)[] Formats =
    [
        ("ZIP archive", [.. "PK\x05\x06"u8], ZipEnd.IsAt),
        ("RAR archive", [.. "Rar!\x1A\x07"u8], RarHeader.IsAt),
        ("7-Zip archive", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], SevenZipHeader.IsAt),
        ("disc image", [.. "CD001"u8], Iso9660.IsAt),
        ("tar archive", [.. "ustar"u8], TarHeader.IsAt),
        ("Windows program", [.. "MZ"u8], Executables.IsWindowsAt),
        ("Linux program", [0x7F, (byte)'E', (byte)'L', (byte)'F'], Executables.IsElfAt),
        ("PHP archive", [.. "__HALT_COMPILER"u8], PhpArchive.IsAt),
        ("ZIP archive", [.. ZipEntryHeader.Signature], ZipEntryHeader.IsAt),
        ("Windows program", [.. "PE\0\0"u8], Executables.IsHeaderAt),
    ];

    private static readonly PrefixSearch Prefixes = new([.. Formats.Select(f => f.Signature), [.. PdfHeader.Signature], .. PhpOpening.Prefixes]);

    private delegate bool HeaderCheck(ReadOnlySpan<byte> bytes, int at);

    /// <summary>The first format found, or null.</summary>
    public static SecondFormatHit? Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = NextPlace(bytes, 0); at >= 0; at = NextPlace(bytes, at + 1))
        {
            if (NameAt(bytes, at) is { } name)
                return new SecondFormatHit(name, at);
        }

        var pdf = PdfSearch.Find(bytes);
        return pdf < 0 ? null : new SecondFormatHit(PdfHeader.Name, pdf);
    }

    /// <summary>Where the next signature may begin, a format's, a PDF's or PHP's; -1: nowhere.</summary>
    public static int NextPlace(ReadOnlySpan<byte> bytes, int from) => Prefixes.Next(bytes, from);

    /// <summary>The format that begins there, a PDF aside, or null; the bytes around serve to check its header.</summary>
    public static string? NameAt(ReadOnlySpan<byte> bytes, int at)
    {
        foreach (var (name, signature, isAt) in Formats)
        {
            if (bytes[at..].StartsWith(signature) && isAt(bytes, at))
                return name;
        }

        return null;
    }

    public static Verdict.Refuse Refuse(string mime, SecondFormatHit hit, long baseOffset = 0)
    {
        var sentence = $"A {hit.Name} is hidden inside this {KnownTypes.NameOf(mime)} file. Save the file again from the program that made it and send that.";
        return Refusals.Because(Reasons.SecondFormat, mime, baseOffset + hit.Offset, sentence);
    }
}
