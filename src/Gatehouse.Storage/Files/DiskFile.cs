using System.Buffers;
using Gatehouse.Actors;
using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage;

/// <summary>A file on disk, read by its open handle: deleting or renaming it does not disturb a reader.</summary>
internal sealed class DiskFile : FileBytes
{
    private readonly SafeFileHandle _handle;

    /// <exception cref="FileNotFoundException">There is none.</exception>
    public DiskFile(string path)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(_handle);
    }

    public override long Length { get; }

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into) => RandomAccess.Read(_handle, into, offset);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _handle.Dispose();
    }
}
