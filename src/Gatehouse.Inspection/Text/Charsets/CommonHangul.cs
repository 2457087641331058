using System.Collections.Frozen;
using System.Text;

namespace Gatehouse.Inspection.Text.Charsets;

/// <summary>The 2,350 syllables of KS X 1001, in which nearly all Korean is written; Windows' code page has the other 8,822 too, for the rest.</summary>
internal static class CommonHangul
{
    private const int EucKr = 51949;

    private static readonly FrozenSet<char> Syllables = Decode().ToFrozenSet();

    public static bool Contains(char c) => Syllables.Contains(c);

    /// <summary>Rows 16 to 40 of 94 each.</summary>
    private static string Decode()
    {
        var bytes = Enumerable.Range(0xB0, 25).SelectMany(row => Enumerable.Range(0xA1, 94).SelectMany(cell => new[] { (byte)row, (byte)cell })).ToArray();
        return (CodePagesEncodingProvider.Instance.GetEncoding(EucKr) ?? Encoding.GetEncoding(EucKr)).GetString(bytes);
    }
}
