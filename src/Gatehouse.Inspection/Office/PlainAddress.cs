using System.Text;

namespace Gatehouse.Inspection.Office;

/// <summary>An address without percent signs, wide forms of letters and slashes, and what readers skip in an address; half characters have no form.</summary>
internal readonly ref struct PlainAddress
{
    private readonly PooledSpan<char> _room;
    private readonly int _length;

    public PlainAddress(ReadOnlySpan<char> address)
    {
        using var whole = new PooledSpan<char>(address.Length);
        Uri.TryUnescapeDataString(address, whole.Span, out var length);
        length = Keep(whole.Span[..length], static c => !char.IsSurrogate(c) && c < '\uFFFE');
        _room = StreamSafe.Normalize(whole.Span[..length], NormalizationForm.FormKC, out length);
        _length = Keep(_room.Span[..length], static c => c > ' ');
    }

    public ReadOnlySpan<char> Text => _room.Span[.._length];

    public void Dispose() => _room.Dispose();

    private static int Keep(Span<char> text, Func<char, bool> isKept)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (isKept(c))
                text[length++] = c;
        }

        return length;
    }
}
