using System.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Names that were read before: a file says /Type and /Font hundreds of times, and each is made once. A few hundred slots, the newest name in each.</summary>
internal sealed class PdfNames
{
    private const int Slots = 256;

    /// <summary>Longer ones hardly come twice.</summary>
    private const int Longest = 24;

    private readonly PdfName?[] _names = new PdfName?[Slots];

    public PdfName Get(ReadOnlySpan<byte> name)
    {
        if (name.Length > Longest)
            return new PdfName(Encoding.Latin1.GetString(name));
        uint hash = 2166136261;
        foreach (var c in name)
            hash = (hash ^ c) * 16777619;
        ref var slot = ref _names[(hash ^ (hash >> 16)) % Slots];
        if (slot is null || !Spells(slot.Text, name))
            slot = new PdfName(Encoding.Latin1.GetString(name));
        return slot;
    }

    private static bool Spells(string text, ReadOnlySpan<byte> name)
    {
        if (text.Length != name.Length)
            return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (text[i] != name[i])
                return false;
        }

        return true;
    }
}
