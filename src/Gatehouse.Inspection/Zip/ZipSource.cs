using System.Buffers;

namespace Gatehouse.Inspection.Zip;

/// <summary>An archive's bytes at any offset, through one pooled window. Reading on costs no more than reading once.</summary>
internal sealed class ZipSource(IFileContent file) : IDisposable
{
    private const int WindowLength = 16 * 1024;

    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(WindowLength);
    private long _start;
    private int _count;

    public long Length { get; } = file.Length;

    /// <summary>As many bytes as there are.</summary>
    public int Read(long offset, Span<byte> into)
    {
        var total = 0;
        while (total < into.Length)
        {
            var at = offset + total - _start;
            if ((ulong)at >= (ulong)_count)
            {
                if (!Slide(offset + total))
                    break;
                at = 0;
            }

            var part = _window.AsSpan((int)at, _count - (int)at);
            part = part[..Math.Min(part.Length, into.Length - total)];
            part.CopyTo(into[total..]);
            total += part.Length;
        }

        return total;
    }

    /// <summary>All of them, or the file is cut short.</summary>
    public void ReadAll(long offset, Span<byte> into)
    {
        if (Read(offset, into) < into.Length)
            throw ZipStops.Truncated(Length);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_window);

    private bool Slide(long offset)
    {
        if (offset < 0 || offset >= Length)
            return false;
        (_start, _count) = (offset, 0);
        while (_count < WindowLength && file.ReadAt(_start + _count, _window.AsSpan(_count, WindowLength - _count)) is var read and > 0)
            _count += read;
        return _count > 0;
    }
}
