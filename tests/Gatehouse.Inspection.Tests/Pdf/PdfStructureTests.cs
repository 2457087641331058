using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

public sealed class PdfStructureTests
{
    [Fact]
    public void A_small_PDF_is_accepted_in_any_piecing()
    {
        var file = PdfBuilder.With("(hello)");
        Assert.Equal("application/pdf", Judge.Accepts(file).Mime);
        Assert.IsType<Verdict.Accept>(Judge.InPieces(file, [1]));
    }

    [Fact]
    public void White_space_or_a_mark_before_the_header_passes() => Judge.Accepts([0xEF, 0xBB, 0xBF, .. "\r\n"u8, .. PdfBuilder.With("null")]);

    [Theory]
    [InlineData(30_000)]
    [InlineData(32_000)]
    [InlineData(98_000)]
    [InlineData(130_000)]
    public void A_program_in_a_comment_is_found_wherever_it_begins(int before)
    {
        const int Header = 3000;
        var program = new byte[Header + 8];
        "MZ"u8.CopyTo(program);
        BitConverter.TryWriteBytes(program.AsSpan(0x3C), Header);
        "PE\0\0"u8.CopyTo(program.AsSpan(Header));
        var comment = "%" + new string('x', before) + Encoding.Latin1.GetString(program) + new string('x', 5000);

        var file = new PdfBuilder().Text(comment + "\n").Object(4, "null").End();

        Assert.Equal(file.AsSpan().IndexOf("MZ"u8), Judge.Refuses(file, Reasons.SecondFormat).Offset);
        Judge.Accepts(new PdfBuilder().Text("%" + new string('x', before) + "\n").Object(4, "null").End());
    }

    [Fact]
    public void A_wrong_startxref_is_repaired() => Judge.Accepts(new PdfBuilder().Object(4, "null").End(startXref: 7));

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x01)]
    public void A_packed_object_in_no_object_stream_is_read_by_nobody(byte high)
    {
        var file = new PdfBuilder(new Dictionary<int, string> { [4] = "null" }).EndPacked(5, PdfBuilder.Skeleton, string.Empty, data => data);
        Judge.Accepts(file);
        // The second of the packed ones: its kind, the stream's number, its place there.
        file[file.AsSpan().IndexOf((ReadOnlySpan<byte>)[2, 0, 0, 0, 5, 1]) + 1] = high;
        Judge.Refuses(file, Reasons.BadStructure);
    }

    [Fact]
    public void A_catalog_right_behind_a_sign_is_found_by_no_reader_that_repairs()
    {
        var text = Encoding.Latin1.GetString(new PdfBuilder().Object(4, "null").End());
        foreach (var sign in (string[])["]", ">"])
            Judge.Refuses(Encoding.Latin1.GetBytes(text.Replace("1 0 obj", sign + "1 0 obj", StringComparison.Ordinal)), Reasons.BadStructure);
        Judge.Accepts(Encoding.Latin1.GetBytes(text.Replace("1 0 obj", " 1 0 obj", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cross_reference_stream_whose_dictionary_does_not_end_is_read_by_nobody()
    {
        byte[] Build() => new PdfBuilder(new Dictionary<int, string> { [4] = "null" }).EndPacked(5, PdfBuilder.Skeleton, string.Empty, data => data);
        var broken = Build();

        // The rest of the line becomes a comment, and with it the mark at the dictionary's end.
        broken[broken.AsSpan().LastIndexOf("/Length"u8) + 3] = (byte)'%';

        Judge.Accepts(Build());
        Judge.Refuses(broken, Reasons.BadStructure);
    }

    [Fact]
    public void An_update_with_a_wrong_startxref_is_read_with_the_last_definitions()
    {
        var page = new PdfBuilder().Object(3, "<</Type/Page/Parent 2 0 R/Rotate 90>>");
        Judge.Accepts(page.End(startXref: 7));
        Judge.Refuses(new PdfBuilder().Object(3, "<</AA<</O<</S/JavaScript/JS(1)>>>>>>").Object(3, "<</Type/Page/Parent 2 0 R>>").End(startXref: 7), Reasons.ActiveContent);
    }

    [Fact]
    public void An_update_that_does_not_find_what_it_updates_is_read_with_the_last_definitions()
    {
        var first = new PdfBuilder().Object(4, "null").End();
        const string Page = "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 20]>>\nendobj\n";
        var update = $"{Page}xref\n3 1\n{first.Length:D10} 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev 7>>\nstartxref\n{first.Length + Page.Length}\n%%EOF\n";

        Judge.Accepts([.. first, .. Encoding.Latin1.GetBytes(update)]);
    }

    [Fact]
    public void An_update_passes_although_another_entry_is_wrong_when_both_ways_to_read_it_agree()
    {
        var first = new PdfBuilder().Object(4, "null").End();
        var page = "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 20]>>\nendobj\n";
        var start = Encoding.Latin1.GetString(first).LastIndexOf("xref\n0 1", StringComparison.Ordinal);

        Judge.Accepts(Update(first.Length));
        Judge.Refuses(Update(Encoding.Latin1.GetString(first).IndexOf("3 0 obj", StringComparison.Ordinal)), Reasons.BadStructure);

        byte[] Update(int leadsTo) =>
        [
            .. first,
            .. Encoding.Latin1.GetBytes($"{page}xref\n3 2\n{leadsTo:D10} 00000 n \n0000000000 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev {start}>>\nstartxref\n{first.Length + page.Length}\n%%EOF\n"),
        ];
    }

    [Fact]
    public void An_update_may_use_the_number_of_the_cross_reference_before_it()
    {
        var first = new PdfBuilder(new Dictionary<int, string>()).EndPacked(9, PdfBuilder.Skeleton, filter: "", data => data);
        var start = Encoding.Latin1.GetString(first).LastIndexOf("10 0 obj", StringComparison.Ordinal);
        const string Again = "10 0 obj\nnull\nendobj\n";
        var update = $"{Again}xref\n10 1\n{first.Length:D10} 00000 n \ntrailer\n<</Size 11/Root 1 0 R/Prev {start}>>\nstartxref\n{first.Length + Again.Length}\n%%EOF\n";

        Judge.Accepts([.. first, .. Encoding.Latin1.GetBytes(update)]);
    }

    [Fact]
    public void A_filter_of_null_is_none() =>
        Judge.Accepts(new PdfBuilder(new Dictionary<int, string>()).EndPacked(9, PdfBuilder.Skeleton, "/Filter null/DecodeParms null", data => data));

    [Fact]
    public void A_string_may_hold_a_picture_in_base64_and_not_more()
    {
        Judge.Accepts(PdfBuilder.With($"<</V({new string('A', 2_000_000)})>>"));
        Judge.Refuses(PdfBuilder.With($"<</V({new string('A', 5_000_000)})>>"), Reasons.BadStructure);
    }

    [Fact]
    public void A_cross_reference_stream_with_fewer_entries_than_its_size_says_is_refused()
    {
        var file = new PdfBuilder(new Dictionary<int, string>()).EndPacked(9, PdfBuilder.Skeleton, filter: "", data => data);
        var text = Encoding.Latin1.GetString(file);

        Judge.Accepts(file);
        Judge.Refuses(Encoding.Latin1.GetBytes(text.Replace("/Size 11", "/Size 12", StringComparison.Ordinal)), Reasons.BadStructure);
    }

    [Fact]
    public void Every_truncation_is_refused_as_one()
    {
        var file = PdfBuilder.With("(hello)").AsSpan().TrimEnd("\n"u8).ToArray();
        for (var length = 12; length < file.Length; length += 7)
            Judge.Refuses(file[..length], Reasons.Truncated);
    }

    [Fact]
    public void Data_after_the_end_is_refused_where_it_begins()
    {
        var file = PdfBuilder.With("null");
        Assert.Equal(file.Length - 1, Judge.Refuses([.. file, .. "<html>"u8], Reasons.TrailingData).Offset);
        Judge.Accepts([.. file, .. " \r\n\t"u8]);
    }

    [Fact]
    public void A_PDF_without_pages_is_damaged() =>
        Judge.Refuses(Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF"), Reasons.BadStructure);

    [Fact]
    public void A_header_alone_is_no_PDF() => Judge.Refuses("%PDF-1.4\n"u8.ToArray(), Reasons.Truncated);

    [Fact]
    public void A_circle_of_pages_or_references_ends() =>
        Judge.Refuses(new PdfBuilder().Object(3, "<</Kids[2 0 R]>>").Object(5, "5 0 R").End(), Reasons.BadStructure);

    [Fact]
    public void Nesting_beyond_any_reader_is_damaged() =>
        Judge.Refuses(PdfBuilder.With(new string('[', 5000) + new string(']', 5000)), Reasons.BadStructure);

    [Fact]
    public void Stray_bytes_between_objects_are_bounded() =>
        Judge.Refuses(new PdfBuilder().Text(string.Concat(Enumerable.Repeat("junk ", 2000))).End(), Reasons.BadStructure);

    [Theory]
    [InlineData(2, Reasons.BadStructure)]
    [InlineData(20, Reasons.ExpandsTooMuch)]
    public void What_the_entries_of_a_table_lead_through_again_and_again_is_bounded(int entries, string reason)
    {
        var comment = new string('%', 2 << 20);
        var table = string.Concat(Enumerable.Range(0, entries).Select(i => $"{5 + i} 1\n{1000 + i:D10} 00000 n \n"));
        var file = new PdfBuilder().Text($"{comment}\nxref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size {5 + entries}/Root 1 0 R>>\n").End(startXref: 0);
        var text = Encoding.Latin1.GetString(file);
        var start = text.IndexOf("xref\n", StringComparison.Ordinal);
        Judge.Refuses(Encoding.Latin1.GetBytes(text.Replace("startxref\n0", $"startxref\n{start}", StringComparison.Ordinal)), reason);
    }

    [Fact]
    public void An_object_stream_that_unpacks_without_end_is_refused() => Judge.Refuses(
        new PdfBuilder().Stream(4, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", PdfBuilder.Deflate(new byte[17 << 20])).End(), Reasons.ExpandsTooMuch);
}
