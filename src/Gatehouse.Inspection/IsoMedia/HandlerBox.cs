using System.Text;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>
/// What a track or a description is of (ISO/IEC 14496-12, 8.4.3): version and flags, a reserved number, four letters, three reserved numbers, a name. A
/// shorter box is passed over by readers, and with it what it belongs to.
/// </summary>
internal static class HandlerBox
{
    private const int KindOffset = 8;
    private const int NameOffset = 24;

    /// <summary>The four letters; null: a field is missing.</summary>
    public static string? KindOf(IsoFile file, IsoBox hdlr) =>
        hdlr.Length < NameOffset ? null : Encoding.ASCII.GetString(file.Reader.Bytes(hdlr.Content + KindOffset, 4));

    /// <summary>The name ends with a zero, or is missing. QuickTime's begins with its length instead.</summary>
    public static bool HasWholeName(IsoFile file, IsoBox hdlr) =>
        hdlr.Length == NameOffset || file.Reader.U8(hdlr.End - 1) == 0;
}
