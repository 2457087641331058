namespace Gatehouse.Inspection;

/// <summary>Bytes in pooled memory.</summary>
internal sealed class PooledBytes : PooledItems<byte>
{
    public ReadOnlySpan<byte> Bytes => Items;
}
