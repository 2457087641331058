using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Gatehouse.Inspection.Text;

/// <summary>UTF-16 in pieces of any size (RFC 2781) made into UTF-8, so that every rule reads one encoding.</summary>
internal sealed class Utf16Reader(bool isBigEndian)
{
    /// <summary>Below this much room nothing is taken: what was carried over (one unit and a half) and a unit more, at up to 4 bytes a character, fit twice.</summary>
    public const int LeastRoom = 12;

    private const int Step = 1024;

    private readonly byte[] _carry = new byte[4];
    private int _carried;
    private long _read = 2;
    private long _made = 2;

    /// <summary>Where in the file something begins.</summary>
    /// <param name="made">What was made of it and of all that follows it.</param>
    public long OffsetOf(ReadOnlySpan<byte> made) => _made - (2 * Encoding.UTF8.GetCharCount(made));

    /// <summary>Returns how many bytes were taken; stops at the character that leaves too little room in <paramref name="into"/>, however the file was cut.</summary>
    /// <param name="refusal">Of what stands behind all that was written.</param>
    public int Read(ReadOnlySpan<byte> bytes, Span<byte> into, out int written, out Verdict.Refuse? refusal)
    {
        Span<ushort> units = stackalloc ushort[Step + 2];
        var raw = MemoryMarshal.AsBytes(units);
        written = 0;
        refusal = null;
        var taken = 0;
        while (refusal is null && taken < bytes.Length && into.Length - written >= LeastRoom)
        {
            // A unit becomes at most 3 bytes, and what was carried over 4; what does not end before the last of the room goes by single units.
            var most = Math.Clamp((into.Length - written - LeastRoom - 4) / 3, 1, Step);
            var fresh = bytes.Slice(taken, Math.Min(most * 2, bytes.Length - taken));
            _carry.AsSpan(0, _carried).CopyTo(raw);
            fresh.CopyTo(raw[_carried..]);
            taken += fresh.Length;
            _read += fresh.Length;
            written += Transcode(raw[..(_carried + fresh.Length)], into[written..], out refusal);
        }

        return taken;
    }

    /// <summary>The text must not end inside a character.</summary>
    public Verdict.Refuse? End() => _carried == 0 ? null : TextRefusals.CutShort(_read);

    /// <summary>All that has come of characters that are whole; the rest is carried over.</summary>
    private int Transcode(Span<byte> raw, Span<byte> into, out Verdict.Refuse? refusal)
    {
        var start = _read - raw.Length;
        var units = MemoryMarshal.Cast<byte, ushort>(raw);
        if (isBigEndian)
            BinaryPrimitives.ReverseEndianness(units, units);
        var text = MemoryMarshal.Cast<ushort, char>(units);
        var strange = Strange(text);
        if (strange >= 0)
            text = text[..strange];
        var status = Utf8.FromUtf16(text, into, out var used, out var made, replaceInvalidSequences: false, isFinalBlock: false);
        refusal = status == OperationStatus.InvalidData ? TextRefusals.UnknownEncoding(start + (used * 2))
            : strange >= 0 ? TextRefusals.Binary(start + (strange * 2))
            : null;
        if (isBigEndian)
            BinaryPrimitives.ReverseEndianness(units[used..], units[used..]);
        _made = start + (used * 2);
        _carried = Math.Min(raw.Length - (used * 2), _carry.Length);
        raw.Slice(used * 2, _carried).CopyTo(_carry);
        return made;
    }

    /// <summary>
    /// Any two bytes are a unit of UTF-16, so binary data decode as well: what tells them from a text is that they meet code points that no character
    /// has, and C1 controls. -1: there is none.
    /// </summary>
    private static int Strange(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAnyExceptInRange('\0', '\u007F');
            if (next < 0)
                return -1;
            at += next;
            var c = text[at];
            if (c < '\u00A0' || (c > '\u0377' && char.GetUnicodeCategory(c) == UnicodeCategory.OtherNotAssigned))
                return at;
        }

        return -1;
    }
}
