using System.Collections.Frozen;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>The types of boxes that standards and vendors define (ISO/IEC 14496-12, table 1; 23008-12; 14496-14; QuickTime), by the code in their header.</summary>
internal static class IsoTypes
{
    private static readonly FrozenDictionary<uint, string> Names = new[]
    {
        "ftyp", "styp", "pdin", "moov", "mdat", "free", "skip", "wide", "uuid", "moof", "mfra", "sidx", "ssix", "emsg", "prft", "meta", "udta", "mpvd", "sefd",
        "mvhd", "iods", "trak", "mvex", "mehd", "trex", "leva", "rmra", "cmov",
        "tkhd", "tref", "edts", "elst", "mdia", "mdhd", "hdlr", "elng", "minf", "vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmhd", "dinf", "dref", "url ", "urn ",
        "stbl", "stsd", "stts", "ctts", "cslg", "stss", "stps", "stsh", "stsz", "stz2", "stco", "co64", "stsc", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio", "padb", "stdp", "tapt",
        "mfhd", "traf", "tfhd", "tfdt", "trun", "senc", "tfra", "mfro", "tfxd",
        "pitm", "iinf", "infe", "iloc", "iprp", "ipco", "ipma", "iref", "idat", "grpl", "ispe", "ipro", "pssh", "encv", "enca", "enct", "dimg", "thmb", "cdsc", "auxl",
        "ilst", "data", "mean", "name", "keys", "----", "titl", "auth", "perf", "gnre", "dscp", "cprt", "albm", "kywd", "loci", "desc", "XMP_", "xml ", "bxml",
        "hvc1", "hev1", "lhv1", "avc1", "vvc1", "av01", "jpeg", "j2k1", "unci", "grid", "iden", "iovl", "tmap", "Exif", "mime", "uri ",
    }.ToFrozenDictionary(CodeOf);

    /// <summary>Null: no known type.</summary>
    public static string? NameOf(uint code) => Names.GetValueOrDefault(code);

    /// <summary>A list of a description's items, or a part of one (14496-12, 8.11).</summary>
    public static bool IsOfDescription(string? type) => type is "pitm" or "iinf" or "infe" or "iloc" or "iprp" or "ipco" or "ipma" or "iref" or "idat";

    public static uint CodeOf(string name) => ((uint)name[0] << 24) | ((uint)name[1] << 16) | ((uint)name[2] << 8) | name[3];

    /// <summary>Printable, or Apple's copyright sign, as the type of every box is.</summary>
    public static bool IsPlausible(uint code)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            if ((byte)(code >> shift) is not ((>= 0x20 and < 0x7F) or 0xA9))
                return false;
        }

        return true;
    }
}
