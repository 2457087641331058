using System.Collections.Frozen;
using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>Whether a property has the fields of its kind (ISO/IEC 23008-12, 6.5; 14496-12, 12.1.4 and 12.1.5): of one that has not, readers drop the whole description.</summary>
internal static class PropertyFields
{
    /// <summary>Colour by numbers: its kind, three numbers of two bytes, and a flag. Profiles are as long as they like.</summary>
    private const int ColourNumbers = 11;

    private static readonly uint Colour = IsoTypes.CodeOf("colr");
    private static readonly uint Hevc = IsoTypes.CodeOf("hvcC");

    /// <summary>Size; turns; mirror images; the part that is shown; the shape of a pixel.</summary>
    private static readonly FrozenDictionary<uint, int> Lengths =
        new (string Type, int Length)[] { ("ispe", 12), ("irot", 1), ("imir", 1), ("clap", 32), ("pasp", 8) }.ToFrozenDictionary(p => IsoTypes.CodeOf(p.Type), p => p.Length);

    public static bool AreWhole(IsoReader reader, IsoBox property)
    {
        if (Lengths.TryGetValue(property.Code, out var length))
            return property.Length == length;
        if (property.Code == Colour)
            return IsColour(reader, property);
        return property.Code != Hevc || HevcConfiguration.IsWhole(reader, property);
    }

    private static bool IsColour(IsoReader reader, IsoBox colr)
    {
        if (colr.Length < 4)
            return false;
        var kind = reader.Bytes(colr.Content, 4);
        return kind.SequenceEqual("nclx"u8) ? colr.Length == ColourNumbers : kind.SequenceEqual("prof"u8) || kind.SequenceEqual("rICC"u8);
    }
}
