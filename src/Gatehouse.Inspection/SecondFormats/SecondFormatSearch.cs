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
    private delegate bool HeaderCheck(ReadOnlySpan<byte> bytes, int at);

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
    ];

    /// <summary>The first format found, or null.</summary>
    public static SecondFormatHit? Find(ReadOnlySpan<byte> bytes)
    {
        if (FindOtherThanPdf(bytes, 0, bytes.Length) is { } hit)
            return hit;
        var pdf = PdfSearch.Find(bytes);
        return pdf < 0 ? null : new SecondFormatHit(PdfHeader.Name, pdf);
    }

    /// <summary>Only formats whose signature starts in <c>[from, to)</c>; the bytes around them serve to check their headers.</summary>
    public static SecondFormatHit? FindOtherThanPdf(ReadOnlySpan<byte> bytes, int from, int to)
    {
        foreach (var (name, signature, isAt) in Formats)
        {
            for (var at = from; at < to; at++)
            {
                var found = bytes[at..].IndexOf(signature);
                if (found < 0 || (at += found) >= to)
                    break;
                if (isAt(bytes, at))
                    return new SecondFormatHit(name, at);
            }
        }

        return null;
    }

    public static Verdict.Refuse Refuse(string mime, SecondFormatHit hit, long baseOffset = 0)
    {
        var sentence = $"A {hit.Name} is hidden inside this {KnownTypes.NameOf(mime)} file. Save the file again from the program that made it and send that.";
        return Refusals.Because(Reasons.SecondFormat, mime, baseOffset + hit.Offset, sentence);
    }
}
