namespace Gatehouse.Storage;

/// <summary>No room to keep the bytes: the disk, the owner's quota on it, or the spool's own limit is used up. Nothing is left behind.</summary>
public sealed class SpoolFullException(string message, Exception? innerException = null) : IOException(message, innerException)
{
    // errno of ENOSPC is 28 on Linux and macOS; of EDQUOT 122 and 69. Windows: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL as HRESULTs.
    private static readonly int[] FullCodes = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    internal static bool Means(IOException e) => Array.IndexOf(FullCodes, e.HResult) >= 0;
}
