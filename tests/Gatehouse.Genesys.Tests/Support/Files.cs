using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Tests;

/// <summary>Bytes in memory, in pieces of a chosen size.</summary>
internal sealed class MemoryFile(byte[] bytes, int pieceLength = int.MaxValue) : FileBytes
{
    public override long Length => bytes.Length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = Pieces.Of(bytes, pieceLength);
        return true;
    }

    public override int ReadAt(long offset, Span<byte> into) => throw new InvalidOperationException("It is in memory.");

    protected override void Dispose(bool disposing)
    {
    }
}

/// <summary>Bytes that are read at offsets, at most <paramref name="mostPerRead"/> at once; <paramref name="claimed"/> bytes long by its own word.</summary>
internal sealed class SpoolFile(byte[] bytes, int mostPerRead = int.MaxValue, long? claimed = null) : FileBytes
{
    public override long Length => claimed ?? bytes.Length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        var length = (int)Math.Min(Math.Min(mostPerRead, into.Length), bytes.Length - offset);
        bytes.AsSpan((int)offset, length).CopyTo(into);
        return length;
    }

    protected override void Dispose(bool disposing)
    {
    }
}

/// <summary>Its first piece can be read, and then the disk fails.</summary>
internal sealed class UnreadableFile : FileBytes
{
    public override long Length => 1_000_000;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into) => offset == 0 ? Math.Min(into.Length, 1000) : throw new IOException("The disk fails.");

    protected override void Dispose(bool disposing)
    {
    }
}
