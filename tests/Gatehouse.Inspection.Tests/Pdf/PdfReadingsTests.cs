using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>Files that readers read in different ways: each way is judged, or the file is refused.</summary>
public sealed class PdfReadingsTests
{
    private const string Script = "<</S/JavaScript/JS(1)>>";

    [Theory]
    [InlineData("<</S 5 0 R>>", "/JavaScript", "/GoTo")]
    [InlineData("<</S/GoTo/JS 5 0 R>>", "(1)", "null")]
    [InlineData("<</S/URI/URI 5 0 R>>", "(file:///c:/a.exe)", "(https://example.org)")]
    [InlineData(@"<</S/GoToR/F 5 0 R>>", @"(\\\\host\\share)", "(other.pdf)")]
    public void An_earlier_definition_that_the_cross_reference_leads_to_is_judged_as_well(string action, string chosen, string last)
    {
        Judge.Accepts(new PdfBuilder().Object(4, action).Object(5, last).End());
        Judge.Refuses(new PdfBuilder().Object(4, action).Object(5, chosen).Text($"5 0 obj\n{last}\nendobj\n").End(), Reasons.ActiveContent);
    }

    [Fact]
    public void A_packed_definition_is_judged_beside_one_that_is_not()
    {
        var file = new PdfBuilder().Object(4, "<</S 5 0 R>>").Text("5 0 obj\n/GoTo\nendobj\n").EndPacked(9, new Dictionary<int, string> { [5] = "/JavaScript" }, filter: "", data => data);
        Judge.Refuses(file, Reasons.ActiveContent);
    }

    [Theory]
    [InlineData("/Type/ObjStm", Reasons.ActiveContent)]
    [InlineData("/Kind/ObjStm", Reasons.ActiveContent)]
    [InlineData("/Type/XObjec", Reasons.ActiveContent)]
    [InlineData("/Type 20 0 R", Reasons.BadStructure)]
    public void An_object_stream_is_one_by_what_it_holds_and_not_by_its_name(string type, string reason)
    {
        var file = new PdfBuilder().EndPacked(9, new Dictionary<int, string> { [8] = Script }, "/Filter/FlateDecode", PdfBuilder.Deflate);
        Judge.Refuses(Replace(file, "/Type/ObjStm", type), reason);
    }

    [Fact]
    public void What_the_cross_reference_takes_for_an_object_stream_is_one()
    {
        // Without /First some readers count from the start.
        var file = new PdfBuilder().EndPacked(9, new Dictionary<int, string> { [8] = "null" }, filter: "", data => data);
        Judge.Refuses(Replace(file, "/Type/ObjStm", "/Type/X/Y/Zz", "/First", "/Frist"), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("/Type/ObjStm/Type/ObjStm/N 1/First 4")]
    [InlineData("/Type/ObjStm/N 1/N 1/First 4")]
    [InlineData("/Type/ObjStm/N 5 0 R/First 4")]
    [InlineData("/Type/ObjStm/N 1/First 4/Filter 6 0 R")]
    public void An_object_stream_that_says_twice_or_elsewhere_how_it_is_read_is_refused(string entries) =>
        Judge.Refuses(new PdfBuilder().Object(5, "1").Object(6, "[]").Stream(4, entries, "9 0 null"u8.ToArray()).End(), Reasons.BadStructure);

    [Theory]
    [InlineData("/N 2/First 8", "8 0 9 0 null")]
    [InlineData("/N 2/First 9", "8 0 9 2  [1 2 3]")]
    [InlineData("/N 2/First 9", "8 6 9 0  null  null")]
    [InlineData("/N 1/First 6", "8 20  null")]
    [InlineData("/N 1/First 4", "8 0 [null")]
    public void Packed_objects_that_overlap_or_end_beyond_their_stream_are_refused(string entries, string data)
    {
        Judge.Accepts(new PdfBuilder().Stream(4, "/Type/ObjStm/N 2/First 8", "8 0 9 5 null null"u8.ToArray()).End());
        Judge.Refuses(new PdfBuilder().Stream(4, $"/Type/ObjStm{entries}", Encoding.ASCII.GetBytes(data)).End(), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("5 0 obj\n<</Length 999>>\nstream\n", '\n', "\nendstream\nendobj\n")]
    [InlineData("5 0 obj\n(", '\n', ")\nendobj\n")]
    [InlineData("%", ' ', "\n")]
    public void A_cross_reference_inside_of_an_object_or_a_comment_is_refused(string before, char lineEnd, string after)
    {
        var table = Table(new PdfBuilder().End()).Replace('\n', lineEnd);
        byte[] Build(long? start) => new PdfBuilder().Text(before + table + "/Root<</Type/Catalog/Pages 2 0 R>>>>" + after).End(startXref: start);
        var hidden = Text(Build(0)).IndexOf("xref", StringComparison.Ordinal);

        Judge.Refuses(Build(start: null), Reasons.BadStructure);
        Judge.Refuses(Build(hidden), Reasons.BadStructure);
    }

    [Fact]
    public void An_object_inside_of_another_that_the_cross_reference_leads_to_is_refused()
    {
        var inside = new PdfBuilder().Text("5 0 obj\n(").Object(6, "null").Text(")\nendobj\n");
        Judge.Refuses(inside.End(), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("%startxref 17\n")]
    [InlineData("(startxref 17)\n")]
    public void The_last_startxref_that_a_reader_finds_is_the_file_s_own(string text)
    {
        var file = Text(PdfBuilder.With("null"));
        Judge.Refuses(Encoding.Latin1.GetBytes(file.Replace("%%EOF", text + "%%EOF", StringComparison.Ordinal)), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("+10 0 obj")]
    [InlineData("10.0 0 obj")]
    [InlineData("10 0obj")]
    [InlineData("00000000000000010 0 obj")]
    [InlineData("10 00000000000000000 obj")]
    [InlineData("x10 0 obj")]
    public void A_header_that_only_careless_readers_read_is_refused(string header) =>
        Judge.Refuses(new PdfBuilder().Text($"{header}\n{Script}\nendobj\n").End(), Reasons.BadStructure);

    [Fact]
    public void An_update_that_begins_on_the_line_of_the_last_end_is_read()
    {
        var file = new PdfBuilder().Text("%%EOF");
        Judge.Accepts(file.Object(4, "null").End());
        Judge.Refuses(new PdfBuilder().Text("%%EOF").Object(4, Script).End(), Reasons.ActiveContent);
    }

    [Theory]
    [InlineData("<</X endobj /S/JavaScript/JS(1)>>")]
    [InlineData("<</X endstream /S/JavaScript/JS(1)>>")]
    [InlineData("<<endobj /S/JavaScript/JS(1)>>")]
    [InlineData("<</X[1 endobj 2]/A<</S/JavaScript/JS(1)>>>>")]
    [InlineData("<</X>>/S/JavaScript/JS(1)>>")]
    public void An_object_that_ends_at_different_places_is_refused(string value) => Judge.Refuses(PdfBuilder.With(value), Reasons.BadStructure);

    [Fact]
    public void A_long_word_is_one_word() =>
        Judge.Refuses(PdfBuilder.With($"<</X {new string('a', 32)}endobj /S/JavaScript/JS(1)>>"), Reasons.ActiveContent);

    [Theory]
    [InlineData("endobj\n10 0 obj\n<</S/JavaScript/JS(1)>>\nendobj\n")]
    public void What_a_reader_finds_in_streams_when_the_cross_reference_is_broken_is_refused(string hidden)
    {
        byte[] Build(long? start) => new PdfBuilder().Stream(5, "", Encoding.ASCII.GetBytes(hidden)).End(startXref: start);
        Judge.Accepts(Build(start: null));
        Judge.Refuses(Build(start: 7), Reasons.BadStructure);
    }

    [Fact]
    public void An_object_stream_whose_length_readers_do_not_agree_on_is_refused()
    {
        const string data = "8 0 9 22 (pad endstream pad) <</S/JavaScript/JS(1)>>";
        var file = new PdfBuilder().Text($"4 0 obj\n<</Type/ObjStm/N 2/First 9/Length 5 0 R>>\nstream\n{data}\nendstream\nendobj\n");
        Judge.Refuses(file.Object(5, $"{data.Length}").End(), Reasons.BadStructure);
    }

    [Fact]
    public void A_password_is_asked_for_by_any_trailer()
    {
        var asks = $"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{new string('0', 64)}>/U<{new string('0', 64)}>>>/ID[<00><00>]";
        Judge.Refuses(new PdfBuilder().Text("trailer\n<</Root 1 0 R/Encrypt 99 0 R>>\n").End(asks), Reasons.Encrypted);
        Judge.Refuses(new PdfBuilder().Text($"trailer\n<</Root 1 0 R{asks}>>\n").End(), Reasons.Encrypted);
    }

    [Fact]
    public void Trailers_that_do_not_agree_on_encryption_are_refused()
    {
        Judge.Refuses(new PdfBuilder().End("/Encrypt 99 0 R"), Reasons.BadStructure);
        var locked = Text(PdfSamples.Locked(3, new Random(1)));
        Judge.Accepts(Encoding.Latin1.GetBytes(locked));
        var table = locked.IndexOf("xref\n0 1", StringComparison.Ordinal);
        var mixed = locked.Insert(table, "trailer\n<</Root 1 0 R>>\n").Replace($"startxref\n{table}", $"startxref\n{table + 24}", StringComparison.Ordinal);
        Judge.Refuses(Encoding.Latin1.GetBytes(mixed), Reasons.BadStructure);
    }

    [Fact]
    public void A_string_behind_a_reference_is_decrypted_by_its_own_object()
    {
        var cipher = new PdfLock(3, new Random(1));
        var address = Convert.ToHexString(cipher.Encrypt("javascript:1"u8.ToArray(), 5));
        var id = Convert.ToHexString(cipher.Id);
        var file = new PdfBuilder().Object(4, "<</S/URI/URI 5 0 R>>").Object(5, $"<{address}>").Object(6, cipher.Dictionary);
        Judge.Refuses(file.End($"/Encrypt 6 0 R/ID[<{id}><{id}>]"), Reasons.ActiveContent);
    }

    [Fact]
    public void What_a_stream_s_own_cipher_hides_is_not_let_in()
    {
        var cipher = new PdfLock(3, new Random(1));
        var id = Convert.ToHexString(cipher.Id);
        var form = new PdfBuilder().Object(4, "<</XFA 5 0 R>>").Stream(5, "/Filter/Crypt/DecodeParms<</Name/Identity>>", "<xdp><script>1</script></xdp>"u8.ToArray()).Object(6, cipher.Dictionary);
        Judge.Refuses(form.End($"/Encrypt 6 0 R/ID[<{id}><{id}>]"), Reasons.ActiveContent);
    }

    [Fact]
    public void A_trailer_s_strings_are_plain_also_where_the_file_is_encrypted()
    {
        var cipher = new PdfLock(3, new Random(1));
        var id = Convert.ToHexString(cipher.Id);
        var file = new PdfBuilder().Object(6, cipher.Dictionary).Stream(7, "/Type/XRef/W[1 1 1]/A<</S/URI/URI(javascript:1)>>", []);
        Judge.Refuses(file.End($"/Encrypt 6 0 R/ID[<{id}><{id}>]"), Reasons.ActiveContent);
    }

    [Theory]
    [InlineData("/W[1 4 1]", "/W 99 0 R")]
    [InlineData("/Size 11", "/Size 1 /Size 11")]
    public void A_cross_reference_stream_that_says_twice_or_elsewhere_how_it_is_read_is_refused(string plain, string other)
    {
        var file = Text(new PdfBuilder(new Dictionary<int, string>()).EndPacked(9, PdfBuilder.Skeleton, filter: "", data => data));
        Judge.Refuses(Encoding.Latin1.GetBytes(file.Replace(plain, other, StringComparison.Ordinal)), Reasons.BadStructure);
    }

    private static string Table(byte[] file)
    {
        var text = Text(file);
        var start = text.IndexOf("xref\n", StringComparison.Ordinal);
        return text[start..text.IndexOf("/Root", StringComparison.Ordinal)];
    }

    private static string Text(byte[] file) => Encoding.Latin1.GetString(file);

    private static byte[] Replace(byte[] file, params string[] pairs)
    {
        var text = Text(file);
        for (var i = 0; i < pairs.Length; i += 2)
            text = text.Replace(pairs[i], pairs[i + 1], StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text);
    }
}
