namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// The formats that readers look for at fixed places of a file, whatever stands around them: a ZIP's end at its end, a disc image's descriptor, a tar's
/// header at the beginning. So a picture whose pixels are an archive is found as well.
/// </summary>
internal static class WholeFileSecondFormat
{
    public static Verdict.Refuse? Find(IFileContent file, string mime)
    {
        var isArchive = Registry.ByDirectory.Any(v => string.Equals(v.Mime, mime, StringComparison.Ordinal));
        var hit = FindTar(file) ?? FindDiscImage(file) ?? (isArchive ? null : FindZipInTail(file));
        return hit is { } found ? SecondFormatSearch.Refuse(mime, found) : null;
    }

    private static SecondFormatHit? FindTar(IFileContent file)
    {
        Span<byte> block = stackalloc byte[TarHeader.BlockLength];
        return TarHeader.Begins(block[..ReadFully(file, 0, block)]) ? new SecondFormatHit("tar archive", 0) : null;
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
        var firstEntry = ZipEnd.FirstEntry(tail);
        for (var end = tail.Length; ;)
        {
            var at = tail[..end].LastIndexOf(ZipEnd.Signature);
            if (at < 0)
                return null;
            if (ZipEnd.ResolvesIn(file, tail, at, offset, firstEntry))
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
