namespace Gatehouse.Inspection.Names;

/// <summary>Names that Windows takes for a device, whatever extension follows (Naming Files, Paths, and Namespaces).</summary>
internal static class DeviceNames
{
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    public static bool IsOne(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ');
        return Devices.Contains(stem, StringComparer.OrdinalIgnoreCase) || IsPort(stem);
    }

    /// <summary>COM and LPT with a digit; superscript digits count.</summary>
    private static bool IsPort(string stem) =>
        stem.Length == 4 && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3'
        && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
}
