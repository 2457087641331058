using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage;

/// <summary>Flushes a file's bytes and what is needed to find them again, without its times: overwritten bytes then cost no journal entry.</summary>
internal static partial class DataSync
{
    public static void Flush(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }
        if (Sync(handle) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        throw new IOException("A file could not be flushed.", new Win32Exception(error)) { HResult = error };
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(SafeFileHandle handle);
}
