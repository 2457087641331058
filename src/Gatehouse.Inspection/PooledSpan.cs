using System.Buffers;

namespace Gatehouse.Inspection;

/// <summary>So many pooled bytes or characters, returned at the end of their scope.</summary>
internal readonly ref struct PooledSpan<T>(int length)
    where T : unmanaged
{
    private readonly T[] _items = ArrayPool<T>.Shared.Rent(length);

    public Span<T> Span => _items.AsSpan(0, length);

    public void Dispose() => ArrayPool<T>.Shared.Return(_items);
}
