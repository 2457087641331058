using System.Buffers.Binary;
using System.Text;

namespace Gatehouse.Inspection.Tests.IsoMedia;

/// <summary>Boxes of ISO base media files, and the numbers in them.</summary>
internal static class Boxes
{
    public static byte[] Box(string type, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(p => p)];
        return [.. Word(content.Length + 8), .. Encoding.Latin1.GetBytes(type), .. content];
    }

    /// <summary>With version and flags.</summary>
    public static byte[] FullBox(string type, int version, int flags, params byte[][] parts) => Box(type, [Word((version << 24) | flags), .. parts]);

    /// <summary>With a size of 64 bits.</summary>
    public static byte[] LargeBox(string type, byte[] content) => [.. Word(1), .. Encoding.Latin1.GetBytes(type), .. Word(0), .. Word(content.Length + 16), .. content];

    /// <summary>That reaches to the file's end.</summary>
    public static byte[] OpenBox(string type, byte[] content) => [.. Word(0), .. Encoding.Latin1.GetBytes(type), .. content];

    public static byte[] Handler(string kind, string name = "") => FullBox("hdlr", 0, 0, new byte[4], Ascii(kind), new byte[12], Ascii(name + '\0'));

    public static byte[] DataSource(byte[]? reference = null) => Box("dinf", FullBox("dref", 0, 0, Word(1), reference ?? FullBox("url ", 0, 1)));

    public static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] Half(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Word(long value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        return bytes;
    }
}
