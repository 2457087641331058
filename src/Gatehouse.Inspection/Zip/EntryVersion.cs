namespace Gatehouse.Inspection.Zip;

/// <summary>The version needed to open an entry (APPNOTE.TXT 4.4.3), in tenths. It is the lower of two bytes: some writers leave the system that they ran on in the upper one.</summary>
internal static class EntryVersion
{
    /// <summary>6.3, the last that APPNOTE.TXT 6.3.10 defines.</summary>
    private const byte Last = 63;

    public static void Check(byte needed, long at)
    {
        if (needed > Last)
            throw ZipStops.Structure(at, "an entry asks for a later program than there is");
    }
}
