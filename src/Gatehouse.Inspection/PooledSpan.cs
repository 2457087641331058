using System.Buffers;

namespace Gatehouse.Inspection;

/// <summary>So many pooled bytes, returned at the end of their scope.</summary>
internal readonly ref struct PooledSpan(int length)
{
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(length);

    public Span<byte> Span => _bytes.AsSpan(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}
