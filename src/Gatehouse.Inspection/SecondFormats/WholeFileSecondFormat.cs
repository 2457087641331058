namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// The formats that readers look for at fixed places of a file, whatever stands around them: a ZIP's end at its end, a PDF in its first kilobyte, a
/// disc image's descriptor, a tar's magic. So a picture whose pixels are an archive is found as well.
/// </summary>
internal static class WholeFileSecondFormat
{
    private const string PdfMime = "application/pdf";

    /// <summary>Readers accept a header within the first 1,024 bytes (ISO 32000-1, annex H.3, note 13).</summary>
    private const int PdfHeaderWindow = 1024;

    private const int HeadLength = 4096;

    public static Verdict.Refuse? Find(IFileContent file, string mime)
    {
        var isArchive = Registry.ByDirectory.Any(v => string.Equals(v.Mime, mime, StringComparison.Ordinal));
        var hit = FindInHead(file, mime, isArchive) ?? FindDiscImage(file) ?? (isArchive ? null : FindZipInTail(file));
        return hit is { } found ? SecondFormatSearch.Refuse(mime, found) : null;
    }

    private static SecondFormatHit? FindInHead(IFileContent file, string mime, bool isArchive)
    {
        Span<byte> buffer = stackalloc byte[HeadLength];
        var head = buffer[..ReadFully(file, 0, buffer)];
        if (head.Length > TarHeader.MagicOffset && head[TarHeader.MagicOffset..].StartsWith("ustar"u8) && TarHeader.IsAt(head, TarHeader.MagicOffset))
            return new SecondFormatHit("tar archive", 0);
        // An archive may hold a stored PDF; its validator looked for headers that stand elsewhere.
        if (isArchive || string.Equals(mime, PdfMime, StringComparison.Ordinal))
            return null;
        var pdf = PdfHeader.Find(head, 0, Math.Min(PdfHeaderWindow, head.Length));
        return pdf < 0 ? null : new SecondFormatHit(PdfHeader.Name, pdf);
    }

    private static SecondFormatHit? FindDiscImage(IFileContent file)
    {
        Span<byte> descriptor = stackalloc byte[7];
        var read = ReadFully(file, Iso9660.IdentifierOffset - 1, descriptor);
        return read == descriptor.Length && Iso9660.IsAt(descriptor, 1) ? new SecondFormatHit("disc image", Iso9660.IdentifierOffset) : null;
    }

    private static SecondFormatHit? FindZipInTail(IFileContent file)
    {
        var length = (int)Math.Min(file.Length, ZipEnd.LongestTail);
        using var buffer = new PooledSpan<byte>(length);
        var offset = file.Length - length;
        var tail = buffer.Span[..ReadFully(file, offset, buffer.Span)];
        for (var end = tail.Length; ;)
        {
            var at = tail[..end].LastIndexOf(ZipEnd.Signature);
            if (at < 0)
                return null;
            if (ZipEnd.ResolvesIn(file, tail, at, offset))
                return new SecondFormatHit("ZIP archive", offset + at);
            end = at;
        }
    }

    private static int ReadFully(IFileContent file, long offset, Span<byte> into)
    {
        var total = 0;
        while (total < into.Length)
        {
            var read = file.ReadAt(offset + total, into[total..]);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }
}
