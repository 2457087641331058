using Gatehouse.Inspection;
using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Api.Inspecting;

/// <summary>A file on disk, readable at any offset.</summary>
internal sealed class DiskFile : IFileContent, IDisposable
{
    private readonly SafeFileHandle? _handle;

    private DiskFile(SafeFileHandle? handle) => _handle = handle;

    public static DiskFile Empty { get; } = new(handle: null);

    public long Length => _handle is null ? 0 : RandomAccess.GetLength(_handle);

    public static DiskFile Open(string path) => new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan));

    public int ReadAt(long offset, Span<byte> into) => _handle is null ? 0 : RandomAccess.Read(_handle, into, offset);

    public void Dispose() => _handle?.Dispose();
}
