using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Text;

/// <summary>FsCheck prints the seed of a failure; <c>Config.WithReplay</c> repeats it.</summary>
public sealed class TextProperties
{
    private static readonly string[] Words =
    [
        "hello", "order", "4711", "Küche", "möchte", "prüfen", "garçon", "señor", "and", "the", "<ok>", "a<b", "5%", "+49", "it's", "\"quoted\"", "one=two", "façade", "(see below)", "e.g.",
    ];

    private static readonly (string Text, bool Hostile)[] Pieces =
    [
        ("<img alt=\"x\" onerror=alert(1)>", true), ("<script>x</script>", true), ("<?php ", true), ("%PDF-1.4\n1 0 obj ", true), ("<% x %>", true),
        ("plain <b> words", false), ("100% sure", false), ("a < b", false),
    ];

    private static Gen<string> Prose => Gen.Elements(Words).ArrayOf().Where(w => w.Length > 0).Select(w => string.Join(' ', w));

    [Fact]
    public void Generated_prose_is_accepted_in_every_charset_that_holds_it() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Prose.ToArbitrary(),
            Gen.Elements(65001, 1200, 1252, 28605).ToArbitrary(),
            (prose, codePage) => Judge.Whole(Encoded(prose, codePage)) is Verdict.Accept { Mime: "text/plain" }));

    [Fact]
    public void Any_piecing_gives_the_same_verdict() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Prose.ToArbitrary(),
            Gen.Elements(Pieces).ToArbitrary(),
            Gen.Choose(1, 40).NonEmptyListOf().ToArbitrary(),
            (prose, piece, sizes) =>
            {
                var bytes = Encoding.UTF8.GetBytes($"{prose}\n{piece.Text}\n{prose}");
                return Same(Judge.Whole(bytes), Judge.InPieces(bytes, [.. sizes])) && Judge.Whole(bytes) is Verdict.Refuse == piece.Hostile;
            }));

    [Theory]
    [InlineData(16_300)]
    [InlineData(16_384)]
    [InlineData(32_700)]
    public void A_mark_is_found_wherever_the_window_ends(int before)
    {
        for (var shift = 0; shift < 100; shift++)
        {
            var text = new string('a', before - 60 + shift) + " <p  onclick = x> ";
            Judge.Refuses(Encoding.ASCII.GetBytes(text), Reasons.MarkupAsText);
        }
    }

    [Fact]
    public void A_mark_in_UTF_7_is_found_wherever_the_window_ends()
    {
        for (var before = 16_200; before < 16_400; before++)
        {
            var text = new string('a', before) + "+ADw-script+AD4-x+ADw-/script+AD4- " + new string('b', 300);
            Judge.Refuses(Encoding.ASCII.GetBytes(text), Reasons.MarkupAsText);
        }
    }

    private static bool Same(Verdict one, Verdict other) => (one, other) switch
    {
        (Verdict.Accept a, Verdict.Accept b) => (a.Mime, a.Charset) == (b.Mime, b.Charset),
        (Verdict.Refuse a, Verdict.Refuse b) => (a.Reason, a.Mime, a.Offset) == (b.Reason, b.Mime, b.Offset),
        _ => false,
    };

    private static byte[] Encoded(string prose, int codePage) =>
        codePage == 1200 ? [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(prose)] : LegacyCharsetTests.Encode(prose, codePage);
}
