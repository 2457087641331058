using System.Buffers;

namespace Gatehouse.Inspection;

/// <summary>Values collected in pooled memory that grows as they come, to a limit that its user keeps.</summary>
internal abstract class PooledItems<T> : IDisposable
    where T : unmanaged
{
    private const int FirstRent = 4096;

    private T[] _buffer = [];

    public int Length { get; private set; }

    protected ReadOnlySpan<T> Items => _buffer.AsSpan(0, Length);

    public void Add(ReadOnlySpan<T> items) => items.CopyTo(Extend(items.Length));

    /// <summary>So many more, to be written by the caller.</summary>
    public Span<T> Extend(int count)
    {
        if (count > _buffer.Length - Length)
            Grow(Length + count);
        Length += count;
        return _buffer.AsSpan(Length - count, count);
    }

    /// <summary>Writes one value over others.</summary>
    public void Fill(int start, int count, T item) => _buffer.AsSpan(0, Length).Slice(start, count).Fill(item);

    public void Clear() => Length = 0;

    /// <summary>Drops the first values.</summary>
    public void DropFirst(int count)
    {
        _buffer.AsSpan(count, Length - count).CopyTo(_buffer);
        Length -= count;
    }

    /// <summary>Drops all but the first values.</summary>
    public void KeepFirst(int count) => Length = Math.Min(Length, count);

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<T>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(FirstRent, Math.Max(length, _buffer.Length * 2)));
        Items.CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<T>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
