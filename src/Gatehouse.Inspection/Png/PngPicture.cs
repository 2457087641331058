using Gatehouse.Inspection.Compression;

namespace Gatehouse.Inspection.Png;

/// <summary>One picture's compressed data, from however many chunks: a zlib stream (PNG 3rd ed., 10) that inflates to exactly the rows of its header.</summary>
internal sealed class PngPicture : IDisposable
{
    private readonly PngRows _rows;
    private readonly ZlibInflater _zlib;

    public PngPicture(PngHeader header)
    {
        _rows = new PngRows(header);
        _zlib = new ZlibInflater(_rows);
    }

    public bool IsComplete => _zlib.HasEnded && _rows.IsComplete;

    public Verdict.Refuse? Write(ReadOnlySpan<byte> data, long offset)
    {
        var rest = data;
        if (_zlib.HasEnded)
            return data.IsEmpty ? null : RefuseBehindEnd(offset);
        var status = _zlib.Inflate(ref rest);
        var at = offset + data.Length - rest.Length;
        return status switch
        {
            InflateStatus.NeedsInput => null,
            InflateStatus.Ended when !_rows.IsComplete => PngRefusals.Structure(at, "its pixel data ends early"),
            InflateStatus.Ended => rest.IsEmpty ? null : RefuseBehindEnd(at),
            InflateStatus.WrongChecksum => PngRefusals.Checksum(at),
            InflateStatus.Stopped when _rows.IsOverrun => PngRefusals.Structure(at, "it holds more pixel data than its size allows"),
            InflateStatus.Stopped => PngRefusals.Structure(at, "a row of pixels is damaged"),
            _ => PngRefusals.Structure(at, "its compressed pixel data is damaged"),
        };
    }

    public void Dispose() => _zlib.Dispose();

    private static Verdict.Refuse RefuseBehindEnd(long at) => PngRefusals.Trailing(at, "behind the end of its pixel data");
}
