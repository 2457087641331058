using System.IO.Hashing;
using Gatehouse.Inspection.Compression;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// An entry's content, unpacked as it is read: stored or deflated (APPNOTE.TXT 4.4.5), exactly as long as it claims, with the CRC that it claims, and
/// its packed data used up to the last byte. What is wrong ends the inspection.
/// </summary>
internal sealed class EntryStream : ForwardStream, IInflateSink
{
    private const int StoredPiece = 16 * 1024;

    /// <summary>Deflate makes at most 1,032 bytes of one, so that no more than 264 KB wait to be read.</summary>
    private const int DeflatedPiece = 256;

    private readonly ZipSource _source;
    private readonly ZipEntry _entry;
    private readonly ZipWork _work;
    private readonly Inflater? _inflater;
    private readonly Crc32 _crc = new();
    private readonly PooledBytes _ready = new();
    private readonly PooledBytes _tail = new();
    private readonly MarkSearch _marks = new();
    private readonly int _cost;
    private int _taken;
    private long _at;
    private long _left;
    private long _unpacked;
    private bool _hasEnded;

    /// <param name="cost">What a byte that is read counts, beside its unpacking.</param>
    public EntryStream(ZipSource source, in ZipEntry entry, long data, ZipWork work, int cost)
    {
        (_source, _entry, _work, _at, _left, _cost) = (source, entry, work, data, entry.Packed, cost);
        // Some writers mark an empty file as deflated, and write no end of it either.
        var isDeflated = entry.Method == ZipEntry.Deflated && (entry.Packed > 0 || entry.Unpacked > 0);
        _inflater = isDeflated ? new Inflater(this) : null;
    }

    /// <summary>What stood last in what has been unpacked, as far as an archive's end reaches.</summary>
    public ReadOnlySpan<byte> Tail => _tail.Bytes;

    /// <summary>An archive of PHP's is in what has been unpacked; the anti-malware test string ends the inspection where it is.</summary>
    public bool HasPhar => _marks.FoundPhar;

    public override long Length => _entry.Unpacked;

    public override long Position
    {
        get => _unpacked - _ready.Length + _taken;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_taken == _ready.Length)
        {
            if (_hasEnded)
                return 0;
            _ready.Clear();
            _taken = 0;
            Fill();
        }

        var part = _ready.Bytes[_taken..];
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        _taken += part.Length;
        _work.Add((long)part.Length * _cost, _at);
        return part.Length;
    }

    /// <summary>What its reader does beside reading it.</summary>
    public void AddWork(long cost) => _work.Add(cost, _at);

    /// <summary>To the end, so that all of it has been checked.</summary>
    public void Drain()
    {
        while (!_hasEnded)
        {
            _ready.Clear();
            _taken = 0;
            Fill();
        }
    }

    public bool Take(ReadOnlySpan<byte> bytes)
    {
        _unpacked += bytes.Length;
        if (_unpacked > _entry.Unpacked)
            return false;
        _crc.Append(bytes);
        _marks.See(bytes);
        if (_marks.FoundEicar)
            throw ZipStops.Malware(_entry.Offset);
        _ready.Add(bytes);
        var tail = Math.Min(bytes.Length, _unpacked - Math.Max(0, _entry.Unpacked - ZipEnd.LongestTail));
        if (tail > 0)
            _tail.Add(bytes[^(int)tail..]);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _inflater?.Dispose();
        _ready.Dispose();
        _tail.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        Span<byte> piece = stackalloc byte[_inflater is null ? StoredPiece : DeflatedPiece];
        piece = piece[..(int)Math.Min(piece.Length, _left)];
        _source.ReadAll(_at, piece);
        _at += piece.Length;
        _left -= piece.Length;
        _work.Add(piece.Length, _at);
        if (_inflater is null)
            Store(piece);
        else
            Inflate(piece);
        _work.Add(_ready.Length, _at);
        if (_hasEnded && _crc.GetCurrentHashAsUInt32() != _entry.Crc)
            throw ZipStops.Checksum(_at);
    }

    private void Store(ReadOnlySpan<byte> piece)
    {
        Take(piece);
        _hasEnded = _left == 0;
    }

    private void Inflate(ReadOnlySpan<byte> piece)
    {
        var status = _inflater!.Inflate(ref piece);
        switch (status)
        {
            case InflateStatus.NeedsInput when _left > 0:
                break;
            case InflateStatus.Ended when _unpacked == _entry.Unpacked:
                if (_left > 0 || !piece.IsEmpty || _inflater.TakeLeftover() >= 0)
                    throw ZipStops.Trailing(_at - piece.Length, "behind the end of an entry");
                _hasEnded = true;
                break;
            case InflateStatus.Stopped:
                throw ZipStops.Structure(_at, "an entry unpacks to more than it says");
            default:
                throw ZipStops.Structure(_at, "an entry's compressed data is damaged");
        }
    }
}
