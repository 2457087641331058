namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Links that are files: programs which know them follow them, whatever system has unpacked them. Those of Cygwin (cygwin.com, "Symbolic links"), of
/// Windows' services for Unix, of Samba and macOS on a share (a page of 1,067 bytes), and the aliases of macOS.
/// </summary>
internal static class LinkFiles
{
    private static ReadOnlySpan<byte> MacAlias => "book\0\0\0\0mark\0\0\0\0"u8;

    public static bool IsOne(ReadOnlySpan<byte> start) =>
        start.StartsWith("!<symlink>"u8) || start.StartsWith("IntxLNK\u0001"u8) || start.StartsWith(MacAlias) || IsOnShare(start);

    /// <summary>"XSym", the length of the target in four digits and its MD5, each on a line.</summary>
    private static bool IsOnShare(ReadOnlySpan<byte> start) =>
        start.StartsWith("XSym\n"u8) && start.Length > 42 && start[9] == '\n' && start[42] == '\n' && start[5..9].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
