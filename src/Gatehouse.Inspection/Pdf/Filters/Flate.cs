using System.IO.Compression;

namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>FlateDecode: zlib (RFC 1950). Readers pass over a checksum that is wrong or missing, and so it is not asked for.</summary>
internal static class Flate
{
    private const int HeaderLength = 2;

    /// <summary>Null: no zlib header that PDF knows (a preset dictionary it does not), or data that break off: readers do not agree on how much they show.</summary>
    public static byte[]? Decode(byte[] raw, BoundedOutput output)
    {
        if (raw is not [var method, var flags, ..] || (method & 0x0F) != 8 || ((method << 8) | flags) % 31 != 0 || (flags & 0x20) != 0)
            return null;
        Span<byte> block = stackalloc byte[4096];
        using var inflater = new DeflateStream(new MemoryStream(raw, HeaderLength, raw.Length - HeaderLength), CompressionMode.Decompress);
        try
        {
            while (inflater.Read(block) is var read and > 0)
                output.Add(block[..read]);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return output.ToArray();
    }
}
