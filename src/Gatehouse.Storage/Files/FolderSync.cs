using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Gatehouse.Storage;

/// <summary>
/// Makes renames and new names in one folder durable: POSIX needs an fsync of the folder for that, and .NET opens no folders. Windows journals names by itself. Who asks while a flush runs
/// shares the next one with everyone else who does.
/// </summary>
internal sealed partial class FolderSync : IDisposable
{
    private const int ReadOnly = 0;

    private readonly object gate = new();
    private readonly string folder;
    private readonly int descriptor;
    private long asked;
    private long done;
    private bool flushing;

    public FolderSync(string folder)
    {
        this.folder = folder;
        if (OperatingSystem.IsWindows()) return;
        descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw Failure();
    }

    /// <summary>Returns when every name that was in the folder at the call is durable.</summary>
    public void Flush()
    {
        if (OperatingSystem.IsWindows()) return;
        long upTo;
        lock (gate)
        {
            var mine = ++asked;
            while (flushing && done < mine) Monitor.Wait(gate);
            if (done >= mine) return;
            flushing = true;
            upTo = asked;
        }
        var flushed = false;
        try
        {
            if (Sync(descriptor) != 0) throw Failure();
            flushed = true;
        }
        finally
        {
            lock (gate)
            {
                flushing = false;
                if (flushed) done = Math.Max(done, upTo);
                Monitor.PulseAll(gate);
            }
        }
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows()) _ = Close(descriptor);
    }

    private IOException Failure()
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"The folder '{folder}' could not be flushed.", new Win32Exception(error));
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
