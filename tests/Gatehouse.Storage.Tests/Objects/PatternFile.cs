using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests.Objects;

/// <summary>A file of any size that is in no memory and on no disk: every byte follows from its place.</summary>
internal sealed class PatternFile(long length) : FileBytes
{
    /// <summary>Its disk fails here.</summary>
    public long BreaksAt { get; init; } = long.MaxValue;

    public override long Length => length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        if (offset >= BreaksAt) throw new IOException("the disk is gone");
        var count = (int)Math.Clamp(length - offset, 0, into.Length);
        for (var i = 0; i < count; i++) into[i] = At(offset + i);
        return count;
    }

    /// <summary>Reads the other from front to back, and compares.</summary>
    public async Task AssertSameAsync(FileBytes other)
    {
        var piece = new byte[256 * 1024];
        long offset = 0;
        for (int read; (read = await other.ReadAtAsync(offset, piece, CancellationToken.None)) > 0; offset += read)
        {
            for (var i = 0; i < read; i++)
            {
                if (piece[i] != At(offset + i)) Assert.Fail($"Byte {offset + i} differs.");
            }
        }
        Assert.Equal(length, offset);
    }

    protected override void Dispose(bool disposing)
    {
    }

    private static byte At(long offset) => (byte)((offset * 31) ^ (offset >> 8) ^ (offset >> 16));
}
