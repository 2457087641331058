using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Gatehouse.Inspection.Text;

/// <summary>UTF-16 in pieces of any size (RFC 2781) made into UTF-8, so that every rule reads one encoding.</summary>
internal sealed class Utf16Reader(bool isBigEndian)
{
    /// <summary>Below this much room nothing is taken: what was carried over (two units) and two units more, at up to 3 bytes each.</summary>
    public const int LeastRoom = 12;

    private const int Step = 1024;

    private readonly byte[] _carry = new byte[4];
    private int _carried;
    private long _read = 2;

    /// <summary>Returns how many bytes were taken; stops early where <paramref name="into"/> is full.</summary>
    public int Read(ReadOnlySpan<byte> bytes, Span<byte> into, out int written, out Verdict.Refuse? refusal)
    {
        Span<ushort> units = stackalloc ushort[Step + 2];
        var raw = MemoryMarshal.AsBytes(units);
        written = 0;
        refusal = null;
        var taken = 0;
        // A unit of 2 bytes becomes at most 3.
        while (taken < bytes.Length && into.Length - written >= LeastRoom)
        {
            var room = Math.Min(Step, (into.Length - written) / 3) * 2;
            var count = Math.Min(room - _carried, bytes.Length - taken);
            _carry.AsSpan(0, _carried).CopyTo(raw);
            bytes.Slice(taken, count).CopyTo(raw[_carried..]);
            taken += count;
            var whole = (_carried + count) / 2;
            var odd = (_carried + count) & 1;
            var text = units[..whole];
            if (isBigEndian)
                BinaryPrimitives.ReverseEndianness(text, text);
            var status = Utf8.FromUtf16(MemoryMarshal.Cast<ushort, char>(text), into[written..], out var used, out var made, replaceInvalidSequences: false, isFinalBlock: false);
            written += made;
            var strange = Strange(MemoryMarshal.Cast<ushort, char>(text[..used]));
            if (strange >= 0)
            {
                refusal = TextRefusals.Binary(_read + taken - ((used - strange) * 2));
                return bytes.Length;
            }

            if (status == OperationStatus.InvalidData)
            {
                refusal = TextRefusals.UnknownEncoding(_read + taken);
                return bytes.Length;
            }

            if (isBigEndian)
                BinaryPrimitives.ReverseEndianness(text[used..], text[used..]);
            _carried = ((whole - used) * 2) + odd;
            raw.Slice(used * 2, _carried).CopyTo(_carry);
        }

        _read += taken;
        return taken;
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

    /// <summary>The text must not end inside a character.</summary>
    public Verdict.Refuse? End() => _carried == 0 ? null : TextRefusals.CutShort(_read);
}
