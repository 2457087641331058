using System.Buffers.Binary;

namespace Gatehouse.Inspection.Webp;

/// <summary>Width and height as the headers of a picture's data and of its frames have them.</summary>
internal readonly record struct WebpSize(int Width, int Height)
{
    /// <summary>Frame tag, start code and two sizes (RFC 6386, 9.1).</summary>
    public const int LossyHeaderLength = 10;

    /// <summary>Signature, two sizes of 14 bits, alpha, version (RFC 9649, 3.4).</summary>
    public const int LosslessHeaderLength = 5;

    private const byte LosslessSignature = 0x2F;

    /// <summary>Three bits of switches and five codes of one symbol each, four bits at least (RFC 9649, 3.7.2): a picture of one colour.</summary>
    private const int LosslessLeast = LosslessHeaderLength + 3;

    /// <summary>No encoder writes more than four a pixel and a few beside; what a small picture has beside them is within the rest.</summary>
    private const long MaxBytesPerPixel = 5;
    private const long MaxBytesBeside = 4096;

    public long Pixels => (long)Width * Height;

    public bool IsWithin(InspectionPolicy policy) => Width <= policy.MaxSide && Height <= policy.MaxSide && Pixels <= policy.MaxPixels;

    /// <summary>Whether compressed data of this length may be of a picture of this size, counted in whole blocks of 16 x 16 as lossy ones are (RFC 6386, 2).</summary>
    public bool Allows(uint length) => length <= ((Width + 15L) / 16 * 16 * ((Height + 15L) / 16 * 16) * MaxBytesPerPixel) + MaxBytesBeside;

    /// <summary>Null: these are no key frame's first bytes, or its first partition does not fit its chunk, where another must follow.</summary>
    public static WebpSize? ReadLossy(ReadOnlySpan<byte> header, uint chunkLength)
    {
        var tag = header[0] | (header[1] << 8) | (header[2] << 16);
        var isShownKeyFrame = (tag & 1) == 0 && ((tag >> 1) & 7) <= 3 && (tag & 0x10) != 0;
        if (!isShownKeyFrame || !header[3..].StartsWith(StartCode) || tag >> 5 == 0 || tag >> 5 >= chunkLength - LossyHeaderLength)
            return null;
        return Sane(BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) & 0x3FFF);
    }

    /// <summary>Null: no lossless picture begins so.</summary>
    public static WebpSize? ReadLossless(ReadOnlySpan<byte> header, uint chunkLength)
    {
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(header[1..]);
        return header[0] == LosslessSignature && chunkLength >= LosslessLeast && bits >> 29 == 0 ? new WebpSize((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1) : null;
    }

    /// <summary>Two numbers of 24 bits, each one less than it means (RFC 9649, 2.7).</summary>
    public static WebpSize ReadMinusOne(ReadOnlySpan<byte> bytes) => new(Int24(bytes) + 1, Int24(bytes[3..]) + 1);

    public static int Int24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static ReadOnlySpan<byte> StartCode => [0x9D, 0x01, 0x2A];

    private static WebpSize? Sane(int width, int height) => width > 0 && height > 0 ? new WebpSize(width, height) : null;
}
