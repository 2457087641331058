using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>What an HEVC decoder is told before a picture's data (ISO/IEC 14496-15, 8.3.2.1): fixed fields, then lists of parameter sets that fill the box.</summary>
internal static class HevcConfiguration
{
    private const int Fields = 23;
    private const byte Version = 1;

    public static bool IsWhole(IsoReader reader, IsoBox box)
    {
        if (box.Length < Fields || reader.U8(box.Content) != Version)
            return false;
        var at = box.Content + Fields;
        for (var lists = reader.U8(at - 1); lists > 0; lists--)
        {
            // The sets' kind, and how many.
            if (at + 3 > box.End)
                return false;
            var sets = reader.U16(at + 1);
            at += 3;
            for (; sets > 0; sets--)
            {
                if (at + 2 > box.End)
                    return false;
                at += 2 + reader.U16(at);
            }
        }

        return at == box.End;
    }
}
