using System.Text;
using Gatehouse.Inspection.Names;

namespace Gatehouse.Inspection.Tests.Names;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("photo.png", "image/png", "photo.png")]
    [InlineData("photo.JPEG", "image/jpeg", "photo.JPEG")]
    [InlineData("photo.png", "image/jpeg", "photo.png.jpg")]
    [InlineData("setup.bat", "text/plain", "setup.bat.txt")]
    [InlineData("dance.gif", "image/gif", "dance.gif")]
    [InlineData("dance.png", "image/webp", "dance.png.webp")]
    [InlineData("IMG_1.HEIC", "image/heic", "IMG_1.HEIC")]
    [InlineData("IMG_1.jpg", "image/heif", "IMG_1.jpg.heif")]
    [InlineData("clip.mov", "video/mp4", "clip.mov.mp4")]
    [InlineData("notes.md", "text/plain", "notes.md")]
    [InlineData("table.csv", "text/plain", "table.csv")]
    [InlineData("scan", "application/pdf", "scan.pdf")]
    [InlineData(".pdf", "application/pdf", "pdf.pdf")]
    [InlineData("../../etc/passwd", "text/plain", "passwd.txt")]
    [InlineData(@"C:\Users\me\bill.pdf", "application/pdf", "bill.pdf")]
    [InlineData("a\0b\u0001.png", "image/png", "ab.png")]
    [InlineData("bill\u202Efdp.exe", "application/pdf", "billfdp.exe.pdf")]
    [InlineData("zero\u200Bwidth\uFEFF.png", "image/png", "zerowidth.png")]
    [InlineData("a<b>:\"c|d?e*.png", "image/png", "a_b___c_d_e_.png")]
    [InlineData("a\u2044b\u2215c\u29F5d\uFF0Fe\uFF3Cf.png", "image/png", "a_b_c_d_e_f.png")]
    [InlineData("a\u2216b\u2571c\u2572d\u29F8e\u29F9f.png", "image/png", "a_b_c_d_e_f.png")]
    [InlineData("a\uFFFEb\uFFFFc\uFDD0d\uD83F\uDFFF.png", "image/png", "abcd.png")]
    [InlineData("a\u034Fb\uFE0Fc.exe\u2800\u2800.png", "image/png", "abc.exe.png")]
    [InlineData("e\u200B\u0301.png", "image/png", "\u00E9.png")]
    [InlineData("...hidden.png", "image/png", "hidden.png")]
    [InlineData("--flag.png", "image/png", "flag.png")]
    [InlineData("name. . .", "image/png", "name.png")]
    [InlineData("CON.png", "image/png", "_CON.png")]
    [InlineData("nul", "text/plain", "_nul.txt")]
    [InlineData("Com1.tar.png", "image/png", "_Com1.tar.png")]
    [InlineData("LPT\u00B9.png", "image/png", "_LPT\u00B9.png")]
    [InlineData("console.png", "image/png", "console.png")]
    [InlineData("", "image/png", "file.png")]
    [InlineData("...", "image/png", "file.png")]
    [InlineData("////", "application/pdf", "file.pdf")]
    [InlineData("Mu\u0308ller.pdf", "application/pdf", "M\u00FCller.pdf")]
    [InlineData("Счёт за май.pdf", "application/pdf", "Счёт за май.pdf")]
    [InlineData("領収書.pdf", "application/pdf", "領収書.pdf")]
    [InlineData("فاتورة.pdf", "application/pdf", "فاتورة.pdf")]
    [InlineData("two  words.pdf", "application/pdf", "two  words.pdf")]
    public void A_name_is_delivered_safe_and_readable(string original, string mime, string expected) => Assert.Equal(expected, FileNames.Clean(original, mime));

    [Theory]
    [InlineData("a")]
    [InlineData("ü")]
    [InlineData("領")]
    [InlineData("😀")]
    [InlineData("👩🏽")]
    [InlineData("e\u0301\u0323")]
    public void A_long_name_is_cut_between_characters_within_both_limits(string character)
    {
        var name = FileNames.Clean(string.Concat(Enumerable.Repeat(character, 300)) + ".pdf", "application/pdf");
        Assert.True(name.Length <= FileNames.MaxCharacters && Encoding.UTF8.GetByteCount(name) <= FileNames.MaxBytes, name);
        Assert.EndsWith(".pdf", name, StringComparison.Ordinal);
        var whole = character.Normalize(NormalizationForm.FormC);
        Assert.Equal(string.Empty, name[..^4].Replace(whole, string.Empty, StringComparison.Ordinal));
        Assert.True(name.Length > 40);
    }

    [Fact]
    public void A_letter_keeps_no_more_marks_than_a_script_has()
    {
        var name = FileNames.Clean("x" + new string('\u0301', 300) + ".png", "image/png");
        Assert.Equal("x" + new string('\u0301', 30) + ".png", name);
        Assert.Equal("x.png", FileNames.Clean("x" + string.Concat(Enumerable.Repeat("\u0301\u0316", 100_000)) + ".png", "image/png").Replace("\u0301", "", StringComparison.Ordinal).Replace("\u0316", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("M\u00FCller.pdf", "Mu\u0308ller.pdf", true)]
    [InlineData("a\uFFFE.pdf", "a.pdf", true)]
    [InlineData("a\u200B.pdf", "a\uFDD0.pdf", true)]
    [InlineData("a/b.pdf", "b.pdf", false)]
    [InlineData("a.pdf", "A.pdf", false)]
    public void Names_that_differ_only_in_what_is_not_seen_are_one(string one, string other, bool same) => Assert.Equal(same, FileNames.AreSame(one, other));

    [Fact]
    public void An_unpaired_surrogate_does_not_stop_a_name() => Assert.EndsWith(".png", FileNames.Clean("a\uD800b.png", "image/png"), StringComparison.Ordinal);

    [Fact]
    public void Cleaning_a_clean_name_changes_nothing()
    {
        foreach (var name in (string[])["Müller.pdf", "_CON.pdf", "setup.bat.pdf", new string('x', 116) + ".pdf"])
            Assert.Equal(name, FileNames.Clean(name, "application/pdf"));
    }
}
