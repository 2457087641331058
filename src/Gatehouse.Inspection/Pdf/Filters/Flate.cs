using System.IO.Compression;

namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>FlateDecode: zlib (RFC 1950). What was read before an error counts, as readers show it.</summary>
internal static class Flate
{
    public static byte[] Decode(byte[] raw, long offset)
    {
        var output = new BoundedOutput(offset);
        Span<byte> block = stackalloc byte[4096];
        using var inflater = new ZLibStream(new MemoryStream(raw), CompressionMode.Decompress);
        try
        {
            while (inflater.Read(block) is var read and > 0)
                output.Add(block[..read]);
        }
        // A preset dictionary, which PDF does not know, is an IOException.
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return output.ToArray();
        }

        return output.ToArray();
    }
}
