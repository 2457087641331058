using Gatehouse.Inspection.Office;

namespace Gatehouse.Inspection.Tests.Frame;

public sealed class StreamSafeTests
{
    [Theory]
    [InlineData("a\u0301\u0316", 4000)]
    [InlineData("a\u0301\u0316\uFF9E", 3000)]
    [InlineData("\U0001D165\u0316", 2000)]
    public void A_letter_keeps_thirty_marks(string cluster, int times)
    {
        var letters = cluster.TrimStart('a');
        var text = $"a{string.Concat(Enumerable.Repeat(letters, times))}b".ToCharArray();

        var kept = new string(text, 0, StreamSafe.Keep(text));

        Assert.Equal(32, kept.EnumerateRunes().Count());
        Assert.Equal("b", kept[^1..]);
    }

    [Fact]
    public void Texts_of_any_language_are_kept_whole()
    {
        foreach (var text in new[] { "plain", "Z\u0308u\u0308rich", "\u0E01\u0E33\u0E25\u0E31\u0E07\u0E43\u0E08", "\u0928\u092E\u0938\u094D\u0924\u0947", "\u05E9\u05B8\u05C1\u05DC\u05D5\u05B9\u05DD", "\uD83D\uDC68\u200D\uD83D\uDC69" })
            Assert.Equal(text.Length, StreamSafe.Keep(text.ToCharArray()));
    }

    [Fact]
    public void An_address_is_read_without_marks_beyond_those()
    {
        using var address = new PlainAddress($"http://a{string.Concat(Enumerable.Repeat("\u0301\u0316", 4000))}/");

        Assert.InRange(address.Text.Length, "http://a/".Length + 20, "http://a/".Length + 30);
    }
}
