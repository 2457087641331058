namespace Gatehouse.Inspection;

/// <summary>Characters in pooled memory.</summary>
internal sealed class PooledChars : PooledItems<char>
{
    public ReadOnlySpan<char> Text => Items;
}
