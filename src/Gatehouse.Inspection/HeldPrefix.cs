using System.Buffers;

namespace Gatehouse.Inspection;

/// <summary>The first bytes of a file while nobody knows yet what it is: pooled, grown as needed to <see cref="Inspector.PrefixLength"/>.</summary>
internal sealed class HeldPrefix : IDisposable
{
    private const int FirstRent = 4096;

    private byte[]? _buffer;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Takes what still fits; returns how much that was.</summary>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, Inspector.PrefixLength - Length);
        EnsureRoomFor(Length + taken);
        bytes[..taken].CopyTo(_buffer.AsSpan(Length));
        Length += taken;
        return taken;
    }

    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        Length = 0;
    }

    private void EnsureRoomFor(int length)
    {
        if (_buffer is not null && _buffer.Length >= length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstRent, Math.Min(length * 2, Inspector.PrefixLength)));
        Bytes.CopyTo(larger);
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
