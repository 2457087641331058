using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage;

/// <summary>A file on disk and its one handle, held by the upload that brought it and by whoever reads it. Who lets go last closes it, or hands it on.</summary>
/// <param name="path">Where it lies; changes when it is renamed.</param>
/// <param name="length">Of the file, what an earlier use left included.</param>
internal sealed class SharedFile(string path, SafeFileHandle handle, long length)
{
    private readonly Lock _gate = new();
    private int _holders = 1;
    private Action<SharedFile>? _last;

    public SafeFileHandle Handle => handle;

    public string Path { get; set; } = path;

    public long Length { get; set; } = length;

    /// <summary>False: it is closed, or has been handed on.</summary>
    public bool TryHold()
    {
        lock (_gate)
        {
            if (_holders == 0) return false;
            _holders++;
            return true;
        }
    }

    /// <summary>By a holder: what becomes of it when nobody holds it any more, instead of being closed.</summary>
    public void AtLast(Action<SharedFile> last)
    {
        lock (_gate) _last = last;
    }

    public void Release()
    {
        Action<SharedFile>? last;
        lock (_gate)
        {
            if (--_holders > 0) return;
            last = _last;
        }
        if (last is null) handle.Dispose();
        else last(this);
    }
}
