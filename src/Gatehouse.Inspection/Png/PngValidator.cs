using System.Buffers.Binary;
using System.IO.Hashing;

namespace Gatehouse.Inspection.Png;

/// <summary>
/// Walks a PNG file (PNG 3rd ed., W3C 2025; ISO/IEC 15948): signature, chunks with their lengths and CRCs (5.3, 5.5), critical ones known and in order
/// (5.6), pixel data inflated, IEND last and nothing behind it. Refusals: see docs/inspection.md.
/// </summary>
public sealed class PngValidator(InspectionPolicy policy) : IValidator
{
    private enum Step
    {
        Signature,
        ChunkHeader,
        ChunkData,
        ChunkCrc,
        Ended,
    }

    private const int SignatureLength = 8;
    private const int ChunkHeaderLength = 8;
    private const int CrcLength = 4;

    /// <summary>Checksum and content read the same bytes: in slices that stay in the nearest cache between the two.</summary>
    private const int Slice = 64 * 1024;

    private readonly PngChunks _chunks = new(policy);
    private readonly Crc32 _crc = new();
    private readonly byte[] _few = new byte[SignatureLength];
    private int _fewLength;
    private Step _step;
    private long _offset;
    private uint _dataLeft;

    /// <summary>Taken by its first bytes alone, so that a signature damaged on the way is called that.</summary>
    public static ValidatorEntry Entry { get; } =
        new(PngRefusals.Mime, static prefix => prefix.StartsWith(Signature[..4]), static policy => new PngValidator(policy)) { IsSearchedWhole = true };

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var refusal = _step switch
            {
                Step.Signature => ReadSignature(ref bytes),
                Step.ChunkHeader => ReadChunkHeader(ref bytes),
                Step.ChunkData => ReadChunkData(ref bytes),
                Step.ChunkCrc => ReadChunkCrc(ref bytes),
                _ => PngRefusals.Trailing(_offset, "behind its end"),
            };
            if (refusal is not null)
                return refusal;
        }

        return null;
    }

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken) =>
        _step == Step.Ended ? new Verdict.Accept(PngRefusals.Mime, Charset: null, Flags: []) : PngRefusals.Truncated(_offset);

    public void Dispose() => _chunks.Dispose();

    private Verdict.Refuse? ReadSignature(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes, SignatureLength))
            return Signature.StartsWith(_few.AsSpan(0, _fewLength)) ? null : PngRefusals.TextTransfer(0);
        if (!Signature.SequenceEqual(_few))
            return PngRefusals.TextTransfer(0);
        _step = Step.ChunkHeader;
        return null;
    }

    private Verdict.Refuse? ReadChunkHeader(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes, ChunkHeaderLength))
            return null;
        _dataLeft = BinaryPrimitives.ReadUInt32BigEndian(_few);
        var type = BinaryPrimitives.ReadUInt32BigEndian(_few.AsSpan(4));
        _crc.Reset();
        _crc.Append(_few.AsSpan(4, 4));
        _step = _dataLeft == 0 ? Step.ChunkCrc : Step.ChunkData;
        return _chunks.Start(type, _dataLeft, _offset - ChunkHeaderLength);
    }

    private Verdict.Refuse? ReadChunkData(ref ReadOnlySpan<byte> bytes)
    {
        var data = bytes[..(int)Math.Min(Math.Min(_dataLeft, (uint)bytes.Length), Slice)];
        bytes = bytes[data.Length..];
        _crc.Append(data);
        var offset = _offset;
        _offset += data.Length;
        _dataLeft -= (uint)data.Length;
        if (_dataLeft == 0)
            _step = Step.ChunkCrc;
        return _chunks.Write(data, offset);
    }

    private Verdict.Refuse? ReadChunkCrc(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes, CrcLength))
            return null;
        if (BinaryPrimitives.ReadUInt32BigEndian(_few) != _crc.GetCurrentHashAsUInt32())
            return PngRefusals.Checksum(_offset - CrcLength);
        _step = _chunks.IsLast ? Step.Ended : Step.ChunkHeader;
        return _chunks.Finish(_offset);
    }

    /// <summary>True: <see cref="_few"/> holds the bytes asked for.</summary>
    private bool Gather(ref ReadOnlySpan<byte> bytes, int length)
    {
        var taken = Math.Min(bytes.Length, length - _fewLength);
        bytes[..taken].CopyTo(_few.AsSpan(_fewLength));
        bytes = bytes[taken..];
        _fewLength += taken;
        _offset += taken;
        if (_fewLength < length)
            return false;
        _fewLength = 0;
        return true;
    }
}
