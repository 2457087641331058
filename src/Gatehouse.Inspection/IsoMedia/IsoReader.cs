using System.Buffers;
using System.Buffers.Binary;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>Numbers and boxes at any place of a file, through one buffer; places that follow each other are read once.</summary>
internal sealed class IsoReader(IFileContent file, int bufferLength, CancellationToken cancellationToken) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(bufferLength);
    private long _start;
    private int _length;

    public long FileLength => file.Length;

    /// <summary>Fewer than asked for only at the file's end.</summary>
    public ReadOnlySpan<byte> Bytes(long at, int count)
    {
        if (at < _start || at + count > _start + _length)
            Fill(at);
        var from = (int)(at - _start);
        return _buffer.AsSpan(from, Math.Clamp(_length - from, 0, count));
    }

    public byte U8(long at) => Bytes(at, 1)[0];

    public ushort U16(long at) => BinaryPrimitives.ReadUInt16BigEndian(Bytes(at, 2));

    public uint U32(long at) => BinaryPrimitives.ReadUInt32BigEndian(Bytes(at, 4));

    public ulong U64(long at) => BinaryPrimitives.ReadUInt64BigEndian(Bytes(at, 8));

    /// <summary>A number of 0, 2, 4 or 8 bytes.</summary>
    public ulong Number(long at, int length) => length switch
    {
        0 => 0,
        2 => U16(at),
        4 => U32(at),
        _ => U64(at),
    };

    /// <summary>The box at a place, or null when none ends by <paramref name="end"/>.</summary>
    /// <param name="mayBeOpen">Whether it may have size 0 and reach to the end.</param>
    public IsoBox? BoxAt(long at, long end, bool mayBeOpen)
    {
        var header = Bytes(at, (int)Math.Min(IsoBox.LongHeader, end - at));
        return IsoBox.Read(header, at, mayBeOpen ? end : -1) is { } box && box.End <= end ? box : null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Fill(long at)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_start, _length) = (at, 0);
        while (_length < bufferLength)
        {
            var read = file.ReadAt(at + _length, _buffer.AsSpan(_length, bufferLength - _length));
            if (read == 0)
                break;
            _length += read;
        }
    }
}
