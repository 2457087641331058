using System.Globalization;
using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>Where the cross-reference leads, and what readers find that rebuild it.</summary>
public sealed class PdfLeadsTests
{
    private const string Catalog = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(1)>>>>";

    [Fact]
    public void An_entry_that_leads_into_the_number_of_another_object_is_refused()
    {
        var file = Text(new PdfBuilder().Object(7, "(https://example.org)").Object(17, "(file:///c:/a.exe)").Object(4, "<</S/URI/URI 7 0 R>>").End());
        var other = file.IndexOf("17 0 obj", StringComparison.Ordinal) + 1;

        Judge.Accepts(Bytes(file));
        Judge.Refuses(Bytes(Lead(file, 7, other)), Reasons.BadStructure);
        Judge.Accepts(Bytes(Lead(file, 17, other)));
    }

    [Theory]
    [InlineData("1%x\n0 obj")]
    [InlineData("1 0%x\nobj")]
    [InlineData("1{0}0 obj")]
    [InlineData("1 0{0}obj")]
    [InlineData("{1}1 0 obj")]
    public void An_entry_that_leads_to_a_header_in_a_stream_is_refused_however_it_is_written(string header)
    {
        var hidden = string.Format(CultureInfo.InvariantCulture, header, new string(' ', 200), new string('0', 200));
        var file = Text(new PdfBuilder().Stream(4, "", Bytes($"MARK{hidden}{Catalog}")).End());

        Judge.Refuses(Bytes(Lead(file, 1, file.IndexOf("MARK", StringComparison.Ordinal) + 4)), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("1 0 obj\n{0}\nendobj\n")]
    [InlineData("1{1}0 obj\n{0}\nendobj\n")]
    [InlineData("q\v1\v0\vobj\n{0}\nendobj\n")]
    [InlineData("trailer%\n<</Root{0}>>")]
    [InlineData("trailer{1}<</Root{0}>>")]
    public void What_a_reader_finds_when_it_rebuilds_the_cross_reference_is_refused_also_where_that_is_right(string hidden) =>
        Judge.Refuses(new PdfBuilder().Stream(4, "", Bytes(string.Format(CultureInfo.InvariantCulture, hidden, Catalog, new string(' ', 200)))).End(), Reasons.BadStructure);

    [Fact]
    public void A_hidden_object_is_refused_where_something_refers_to_it()
    {
        byte[] Build(string value) => new PdfBuilder().Object(4, value).Stream(5, "", "90 0 obj\n/JavaScript\nendobj\n"u8.ToArray()).End();
        Judge.Accepts(Build("[91 0 R]"));
        Judge.Refuses(Build("[<</A 90 0 R>>]"), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("BT (1 0 obj) Tj (<< /Type) Tj (a trailer) Tj ET")]
    [InlineData("<li>1 0 obj</li><li>trailer</li>")]
    public void A_page_may_write_of_objects(string page) => Judge.Accepts(new PdfBuilder().Stream(4, "", Bytes(page)).End());

    [Fact]
    public void A_program_may_write_the_headers_of_packed_objects_as_comments()
    {
        Judge.Accepts(new PdfBuilder().Stream(4, "/Type/ObjStm/N 1/First 4", "8 0 % 8 0 obj\n<</A 1>>"u8.ToArray()).Object(5, "[8 0 R]").End());
        Judge.Refuses(new PdfBuilder().Stream(4, "/Type/ObjStm/N 1/First 4", "8 0 <</A(% 8 0 obj\n/JavaScript )>>"u8.ToArray()).End(), Reasons.BadStructure);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(99, false)]
    public void A_packed_object_is_at_the_index_that_its_entry_says(byte index, bool passes)
    {
        var packed = new Dictionary<int, string> { [7] = "/GoToR", [8] = "(Launch)" };
        var file = new PdfBuilder().Object(4, "<</S 7 0 R>>").EndPacked(9, packed, filter: "", data => data);
        // The last field of the entry of object 7, of six bytes each.
        file[file.AsSpan().LastIndexOf("stream\n"u8) - "\nend".Length - (11 * 6) + (7 * 6) + 5] = index;

        if (passes)
            Judge.Accepts(file);
        else
            Judge.Refuses(file, Reasons.BadStructure);
    }

    [Fact]
    public void A_table_whose_free_list_stands_at_one_is_counted_from_zero()
    {
        var file = Text(new PdfBuilder().End());
        Judge.Accepts(Bytes(file.Replace("xref\n0 1\n", "xref\n1 1\n", StringComparison.Ordinal)));
        var entries = file[(file.IndexOf("xref\n0 1\n", StringComparison.Ordinal) + 9)..file.IndexOf("trailer", StringComparison.Ordinal)];
        var table = string.Concat(entries.Split('\n').Where(line => line.Length > 10).Select(line => $"{line}\n"));
        Judge.Accepts(Bytes(file.Replace($"xref\n0 1\n{entries}", $"xref\n1 4\n{table}", StringComparison.Ordinal)));
    }

    /// <summary>The file with another offset in the entry of an object.</summary>
    private static string Lead(string file, int number, int offset)
    {
        var entry = file.IndexOf($"\n{number} 1\n", StringComparison.Ordinal) + $"\n{number} 1\n".Length;
        return $"{file[..entry]}{offset:D10}{file[(entry + 10)..]}";
    }

    private static string Text(byte[] file) => Encoding.Latin1.GetString(file);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
