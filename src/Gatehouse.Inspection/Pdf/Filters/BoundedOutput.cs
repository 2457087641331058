using System.Buffers;

namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>Decoded bytes under the limit of one stream.</summary>
internal sealed class BoundedOutput(long offset)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Length => _bytes.WrittenCount;

    public void Add(byte value) => Add([value]);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.WrittenCount + bytes.Length > PdfLimits.DecodedStream)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, offset);
        _bytes.Write(bytes);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
