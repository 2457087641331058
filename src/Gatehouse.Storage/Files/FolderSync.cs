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

    private readonly object _gate = new();
    private readonly string _folder;
    private readonly int _descriptor;
    private long _asked;
    private long _done;
    private bool _flushing;
    private bool _closed;

    public FolderSync(string folder)
    {
        _folder = folder;
        if (OperatingSystem.IsWindows()) return;
        _descriptor = Open(folder, ReadOnly);
        if (_descriptor < 0) throw Failure();
    }

    /// <summary>Returns when every name that was in the folder at the call is durable.</summary>
    public void Flush()
    {
        if (OperatingSystem.IsWindows()) return;
        long upTo;
        lock (_gate)
        {
            var mine = ++_asked;
            while (_flushing && _done < mine) Monitor.Wait(_gate);
            if (_done >= mine) return;
            _flushing = true;
            upTo = _asked;
        }
        var flushed = false;
        try
        {
            if (Sync(_descriptor) != 0) throw Failure();
            flushed = true;
        }
        finally
        {
            lock (_gate)
            {
                _flushing = false;
                if (flushed) _done = Math.Max(_done, upTo);
                Monitor.PulseAll(_gate);
            }
        }
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows() && !Interlocked.Exchange(ref _closed, true)) _ = Close(_descriptor);
    }

    private IOException Failure()
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"The folder '{_folder}' could not be flushed.", new Win32Exception(error));
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
