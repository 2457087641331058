using System.Collections.Frozen;

namespace Gatehouse.Simulator;

/// <summary>Which files a guest may send: the session tells it, and every file is held to it.</summary>
internal static class GuestFiles
{
    // Genesys' default for a Messenger deployment.
    private const int DefaultKilobytes = 10_240;

    // Genesys' own client counts 1,000, its documentation 1,024: whoever keeps to the smaller is safe.
    private const int KilobyteBytes = 1000;

    private const int MostNameCharacters = 255;

    // Genesys' own list is longer and not published.
    private static readonly FrozenSet<string> DefaultBlocked =
        new[] { ".ade", ".adp", ".bat", ".cmd", ".com", ".cpl", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi", ".ps1", ".scr", ".vbe", ".vbs", ".wsf", ".wsh" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static int MostKilobytes(Faults faults) => faults.MaxFileSizeKb ?? DefaultKilobytes;

    public static FrozenSet<string> Blocked(Faults faults) => faults.BlockedExtensions ?? DefaultBlocked;

    /// <summary>The code that refuses a file, with its sentence; null when it may come.</summary>
    public static (int Code, string Sentence)? Refusal(string name, string type, long size, Faults faults)
    {
        if (name.Length > MostNameCharacters)
            return (GuestErrors.FileNameTooLong, "File name too long");
        if (name.AsSpan().ContainsAny('/', '\\') || name.Any(char.IsControl))
            return (GuestErrors.FileNameInvalid, "File name invalid");
        if (!MediaTypes.IsOne(type) || !MediaTypes.Allow(faults.Inbound, type) || Blocked(faults).Contains(Path.GetExtension(name)))
            return (GuestErrors.FileTypeInvalid, $"File type {type} not supported");
        return size < 1 || size > (long)MostKilobytes(faults) * KilobyteBytes
            ? (GuestErrors.FileSizeInvalid, $"File size must be 1 to {Invariant.Text((long)MostKilobytes(faults) * KilobyteBytes)} bytes")
            : null;
    }
}
