using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Gatehouse.Inspection.Compression;

/// <summary>The last 32 KB of what was inflated (RFC 1951, 3.2.5), with room for as much again before it must be moved.</summary>
internal sealed class InflateWindow(IInflateSink sink) : IDisposable
{
    public const int Size = 32 * 1024;

    private const int Length = 2 * Size;

    /// <summary>Where the longest match, and the eight bytes by which its copy may overshoot, still fit behind a literal.</summary>
    public const int LastStart = Length - DeflateCodes.LongestMatch - 10;

    private byte[]? _buffer;
    private int _flushed;

    /// <summary>Where the next byte goes, and so how far back a match may reach.</summary>
    public int Position { get; set; }

    public byte[] Buffer => _buffer ??= ArrayPool<byte>.Shared.Rent(Length);

    /// <summary>Hands over what is new. False: the sink wants no more.</summary>
    public bool Flush()
    {
        var fresh = _buffer.AsSpan(_flushed, Position - _flushed);
        _flushed = Position;
        return fresh.IsEmpty || sink.Take(fresh);
    }

    public bool MakeRoom() => Position <= LastStart || (Flush() && Slide());

    /// <summary>Bytes of a stored block: handed on as they are; of them only the window's worth is copied, and <paramref name="isLast"/> nothing.</summary>
    public bool Store(ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (!Flush() || !sink.Take(bytes))
            return false;
        if (isLast)
            return true;
        if (bytes.Length >= Size)
        {
            bytes = bytes[^Size..];
            Position = 0;
        }
        else if (Position + bytes.Length > Length)
        {
            Slide();
        }

        bytes.CopyTo(Buffer.AsSpan(Position));
        _flushed = Position += bytes.Length;
        return true;
    }

    /// <summary>A match (RFC 1951, 3.2.3): it may reach into itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Repeat(byte[] buffer, int at, int distance, int length)
    {
        var from = at - distance;
        if (distance >= 8)
        {
            for (var i = 0; i < length; i += 8)
            {
                var eight = BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(from + i, 8));
                BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(at + i, 8), eight);
            }
        }
        else if (distance == 1)
        {
            buffer.AsSpan(at, length).Fill(buffer[from]);
        }
        else
        {
            for (var i = 0; i < length; i++)
                buffer[at + i] = buffer[from + i];
        }
    }

    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    private bool Slide()
    {
        var kept = Math.Min(Position, Size);
        Buffer.AsSpan(Position - kept, kept).CopyTo(Buffer);
        _flushed = Position = kept;
        return true;
    }
}
