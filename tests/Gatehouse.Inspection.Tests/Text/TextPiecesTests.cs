using System.Text;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Tests.Text;

/// <summary>However a text is cut on its way: the same verdict, for the same reason, at the same place.</summary>
public sealed class TextPiecesTests
{
    private static readonly Encoding[] Unicode = [new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Encoding.Unicode, Encoding.BigEndianUnicode];

    private static readonly string[] Texts =
    [
        "", "a", "hello", "Grüße aus Łódź, 日本 \U0001F600!", "<html><b>x", "words <?php x ?> words", "a <p onclick=x> b <?php", "<!-- a --> <svg x=y>", "x %PDF-1.4 1 0 obj x", "last\u001A", "in\u001Aside",
        "x\0y", "PK\u0003\u0004 text", "<?php \0 x", "\0<html>", "a\uD800b", "<?php a\uDC00", "<script>a</script>\uFFFF", "plain \u0085 c1", "a\uFFFE<?php", "+ADw-script+AD4-x+ADw-/script+AD4- y", "@echo off\r\ndel x\r\n",
    ];

    public static TheoryData<string> Names => [.. Files.Keys];

    private static Dictionary<string, byte[]> Files { get; } = Small().Concat(Large()).ToDictionary(f => f.Name, f => f.Bytes, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_answer_does_not_hang_on_how_a_text_is_cut(string name)
    {
        var file = Files[name];
        var whole = Verdict(file, [file.Length]);
        foreach (var sizes in Cuts(file.Length))
            Assert.True(IsSame(whole, Verdict(file, sizes)), $"Cut to {string.Join(", ", sizes)}: {whole} is {Verdict(file, sizes)}");
        Assert.True(IsSame(Judge.Whole(file), Judge.InPieces(file, [1])));
    }

    [Theory]
    [InlineData("words and <?php", Reasons.ScriptAsText, 10)]
    [InlineData("Grüße \U0001F600 <?php", Reasons.ScriptAsText, 9)]
    [InlineData("words\uFFFF and", Reasons.BinaryAsText, 5)]
    [InlineData("\U0001F600\u0085", Reasons.BinaryAsText, 2)]
    [InlineData("ab{", Reasons.UnknownEncoding, 2)]
    [InlineData("ab}cd", Reasons.UnknownEncoding, 2)]
    public void In_UTF_16_the_place_is_the_file_s_own(string text, string reason, int unit)
    {
        // Half characters, which an attribute cannot hold.
        text = text.Replace('{', '\uDC00').Replace('}', '\uD800');
        foreach (var before in new[] { "", new string('x', 20_000) + " " })
        {
            foreach (var isBigEndian in new[] { false, true })
            {
                var refusal = Judge.Refuses(Utf16(before + text, isBigEndian), reason);

                Assert.Equal(2 + (2 * (before.Length + unit)), refusal.Offset);
            }
        }
    }

    [Fact]
    public void What_stands_before_bytes_that_are_no_characters_counts_first() =>
        Judge.Refuses(Utf16("a <script>x</script> \uFFFF", isBigEndian: false), Reasons.MarkupAsText);

    private static IEnumerable<(string Name, byte[] Bytes)> Small()
    {
        foreach (var (text, i) in Texts.Select((t, i) => (t, i)))
        {
            foreach (var encoding in Unicode)
            {
                byte[] bytes = [.. encoding.GetPreamble(), .. Units(text, encoding)];
                yield return ($"{encoding.WebName} {encoding.GetPreamble().Length} {i}", bytes);
                if (bytes.Length > 3)
                    yield return ($"{encoding.WebName} {encoding.GetPreamble().Length} {i} cut", bytes[..^1]);
            }
        }

        foreach (var (sample, i) in LegacyCharsetTests.Samples.Select((s, i) => (s, i)))
            yield return ($"legacy {i}", LegacyCharsetTests.Encode((string)sample[0], (int)sample[1]));
        foreach (var length in Enumerable.Range(1, 40))
            yield return ($"random {length}", Random(length));
    }

    /// <summary>Things that fall on the end of what is judged at a time.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Large()
    {
        foreach (var (text, i) in Texts.Select((t, i) => (t, i)))
        {
            foreach (var before in new[] { 8180, 16_290, 16_378 })
            {
                yield return ($"utf-8 {i} behind {before}", Encoding.UTF8.GetBytes(Prose(before) + text + Prose(300)));
                yield return ($"utf-16 {i} behind {before}", Utf16(Prose(before) + text + Prose(300), isBigEndian: false));
                yield return ($"utf-16 {i} of many bytes behind {before}", Utf16(new string('日', before / 3) + text, isBigEndian: true));
            }
        }
    }

    private static IEnumerable<int[]> Cuts(int length)
    {
        yield return [1];
        yield return [3, 1, 4096];
        if (length < 1000)
        {
            for (var at = 1; at < length; at++)
                yield return [at, length - at];
        }
        else
        {
            yield return [4095];
            yield return [length - 5];
            yield return [16_385, 2];
        }
    }

    private static Verdict Verdict(byte[] file, int[] sizes)
    {
        using var validator = TextValidator.Entry.Create(new InspectionPolicy());
        for (var (at, piece) = (0, 0); at < file.Length; piece++)
        {
            var length = Math.Min(Math.Max(1, sizes[piece % sizes.Length]), file.Length - at);
            if (validator.Write(file.AsSpan(at, length).ToArray()) is { } refusal)
                return refusal;
            at += length;
        }

        return validator.Complete(new MemoryFile(file), CancellationToken.None);
    }

    private static bool IsSame(Verdict one, Verdict other) => (one, other) switch
    {
        (Verdict.Accept a, Verdict.Accept b) => (a.Mime, a.Charset) == (b.Mime, b.Charset),
        _ => one == other,
    };

    private static string Prose(int length) => string.Concat(Enumerable.Repeat("some words and\n", (length / 15) + 1))[..length];

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        if (length % 3 == 0)
            (bytes[0], bytes[1]) = (0xFF, 0xFE);
        return bytes;
    }

    private static byte[] Utf16(string text, bool isBigEndian)
    {
        var encoding = isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        return [.. encoding.GetPreamble(), .. Units(text, encoding)];
    }

    /// <summary>UTF-16 unit for unit, half characters too.</summary>
    private static byte[] Units(string text, Encoding encoding) => encoding.GetPreamble() switch
    {
        [0xFF, 0xFE] => [.. text.SelectMany(c => new[] { (byte)c, (byte)(c >> 8) })],
        [0xFE, 0xFF] => [.. text.SelectMany(c => new[] { (byte)(c >> 8), (byte)c })],
        _ => encoding.GetBytes(text),
    };
}
