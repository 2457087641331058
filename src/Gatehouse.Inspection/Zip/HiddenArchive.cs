using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Zip;

/// <summary>An entry that is a ZIP archive for programs that look at its end, and none by its beginning.</summary>
internal static class HiddenArchive
{
    /// <param name="tail">The content's last bytes, as many as an archive's end may take.</param>
    public static bool IsIn(in Member member, ReadOnlySpan<byte> tail)
    {
        var at = tail.LastIndexOf(ZipEnd.Signature);
        if (at < 0)
            return false;
        using var content = member.Content();
        Span<byte> start = stackalloc byte[8];
        if (MemberStart.IsZip(start[..content.ReadAt(0, start)]))
            return false;
        var firstEntry = ZipEnd.FirstEntry(tail);
        for (; at >= 0; at = tail[..at].LastIndexOf(ZipEnd.Signature))
        {
            if (ZipEnd.ResolvesIn(content, tail, at, content.Length - tail.Length, firstEntry))
                return true;
        }

        return false;
    }
}
