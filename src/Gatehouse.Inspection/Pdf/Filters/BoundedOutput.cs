using System.Buffers;

namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>Decoded bytes under the limit of one stream, each counted as it is made.</summary>
/// <param name="times">How often a byte counts.</param>
internal sealed class BoundedOutput(Allowance allowance, int times)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void Add(byte value) => Add([value]);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.WrittenCount + bytes.Length > PdfLimits.DecodedStream)
            throw allowance.Exceeded();
        allowance.Spend(bytes.Length * times);
        _bytes.Write(bytes);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
