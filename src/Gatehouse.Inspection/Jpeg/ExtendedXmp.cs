using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>XMP too long for one segment (XMP specification part 3, 1.1.3.1): parts of one document, which stay in the file until it is whole.</summary>
internal sealed class ExtendedXmp
{
    /// <summary>Depth maps and the like in base64 take some hundred KB.</summary>
    private const long MaxLength = 4 * 1024 * 1024;

    /// <summary>Name, digest, full length and the part's offset.</summary>
    private const int HeadingLength = 35 + 32 + 4 + 4;

    private readonly List<(long Offset, int Length)> _parts = [];
    private long _length;

    public static ReadOnlySpan<byte> Name => "http://ns.adobe.com/xmp/extension/\0"u8;

    public long Offset => _parts.Count > 0 ? _parts[0].Offset : 0;

    /// <summary>False: a part without its heading, or more than is allowed.</summary>
    public bool TryAdd(int payloadLength, long payloadOffset)
    {
        var length = payloadLength - HeadingLength;
        if (length < 0 || (_length += length) > MaxLength)
            return false;
        _parts.Add((payloadOffset + HeadingLength, length));
        return true;
    }

    public bool HasScript(IFileContent file)
    {
        if (_parts.Count == 0)
            return false;
        using var stream = new FileRanges(file, _parts);
        return XmpValues.HasScript(stream) ?? false;
    }
}
