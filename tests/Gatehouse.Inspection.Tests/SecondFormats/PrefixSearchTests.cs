using System.Text;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Tests.SecondFormats;

public sealed class PrefixSearchTests
{
    /// <summary>More than eight, so that some share a bit; one of two bytes; halves of bytes that are equal among them.</summary>
    private static readonly byte[][] Signatures =
        [.. "PK\x05\x06 Rar! MZ CD001 ustar PDF- <?p <?P __HALT 7zip".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private static readonly PrefixSearch Search = new(Signatures);

    [Fact]
    public void No_signature_is_missed_wherever_it_stands()
    {
        // A step is 32 or 16 places, and what is left behind the last goes one by one: all of them meet each signature.
        var bytes = new byte[120];
        foreach (var signature in Signatures)
        {
            for (var length = 3; length <= bytes.Length; length++)
            {
                for (var at = 0; at <= length - Math.Max(3, signature.Length); at++)
                {
                    var searched = bytes.AsSpan(0, length);
                    searched.Fill((byte)'.');
                    signature.CopyTo(searched[at..]);
                    Assert.Equal(at, Search.Next(searched, 0));
                    Assert.Equal(at, Search.Next(searched, at));
                    Assert.Equal(-1, Search.Next(searched, at + 1));
                }
            }
        }
    }

    [Fact]
    public void Bytes_without_one_have_few_places()
    {
        var noise = new byte[1_000_000];
        new Random(5).NextBytes(noise);
        var places = 0;
        for (var at = Search.Next(noise, 0); at >= 0; at = Search.Next(noise, at + 1)) places++;
        // "MZ" alone is met once in 65,536 places; what shares a bit adds the mixed forms.
        Assert.InRange(places, 1, 200);
    }

    [Fact]
    public void What_is_shorter_than_three_bytes_has_none()
    {
        Assert.Equal(-1, Search.Next("MZ"u8, 0));
        Assert.Equal(-1, Search.Next([], 0));
        Assert.Equal(-1, Search.Next("MZ "u8, 3));
    }
}
