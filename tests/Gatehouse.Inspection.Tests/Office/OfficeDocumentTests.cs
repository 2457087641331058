using System.Text;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.SecondFormats;
using Gatehouse.Inspection.Tests.Zip;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Tests.Office;

public sealed class OfficeDocumentTests
{
    private static readonly OfficeBuilder Word = OfficeBuilder.Word;

    [Fact]
    public void The_three_kinds_are_accepted_however_they_are_cut() => Property.Holds(20, random =>
    {
        foreach (var (builder, mime) in new[] { (Word, Archives.Docx), (OfficeBuilder.Excel, Archives.Xlsx), (OfficeBuilder.PowerPoint, Archives.Pptx) })
        {
            var file = (builder with { IsTypesLast = random.Next(2) == 0 }).With($"{builder.Folder}/media/a.png", new Png.PngBuilder().Build()).Build();
            Archives.Accepts(file, mime);
            Assert.IsType<Verdict.Accept>(Judge.InPieces(file, Property.Pieces(random), policy: Archives.Allowed));
        }
    });

    [Fact]
    public void The_file_s_name_must_fit() =>
        Assert.Equal([Reasons.ExtensionMismatch], Judge.Accepts(Word.Build(), "letter.xlsx", Archives.Allowed).Flags);

    [Fact]
    public void Wherever_it_is_cut_off_it_is_truncated()
    {
        var file = Word.Build();
        for (var length = 4; length < file.Length; length += 13)
            Archives.Refuses(file[..length], Reasons.Truncated);
    }

    [Fact]
    public void A_wrong_checksum_of_a_part_is_told() => Archives.Refuses(
        ZipBuilder.Of([.. Word.Items.Select(i => i.Name.EndsWith("document.xml", StringComparison.Ordinal) ? i with { FalsifyLocal = h => h[14] ^= 1, FalsifyCentral = h => h[16] ^= 1 } : i)]),
        Reasons.BadChecksum);

    [Theory]
    [InlineData("application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.ms-word.document.macroEnabled.12")]
    [InlineData("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "application/vnd.ms-word.template.macroEnabled.12")]
    [InlineData("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.12")]
    [InlineData("application/vnd.ms-excel.addin.macroEnabled.main+xml", "application/vnd.ms-excel.addin.macroEnabled.12")]
    [InlineData("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "application/vnd.ms-excel.sheet.binary.macroEnabled.12")]
    [InlineData("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "application/vnd.ms-powerpoint.presentation.macroEnabled.12")]
    [InlineData("application/vnd.ms-powerpoint.addin.macroEnabled.main+xml", "application/vnd.ms-powerpoint.addin.macroEnabled.12")]
    public void A_renamed_document_with_macros_is_what_its_main_part_says(string type, string mime)
    {
        var refusal = Archives.Refuses((Word with { Types = $"<Override PartName='/word/document.xml' ContentType='{type}'/>" }).Build(), Reasons.Macro);

        Assert.Equal((RefusalCode.TypeNotAllowed, mime), (refusal.Code, refusal.Mime));
    }

    public static TheoryData<string> MacroParts => ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "other/vbaData.xml", "xl/macrosheets/sheet1.xml"];

    [Theory]
    [MemberData(nameof(MacroParts))]
    public void Macros_in_a_document_that_claims_none_are_found_by_their_part(string part)
    {
        foreach (var (builder, mime) in new[]
        {
            (Word, "application/vnd.ms-word.document.macroEnabled.12"),
            (OfficeBuilder.Excel, "application/vnd.ms-excel.sheet.macroEnabled.12"),
            (OfficeBuilder.PowerPoint, "application/vnd.ms-powerpoint.presentation.macroEnabled.12"),
        })
            Assert.Equal(mime, Archives.Refuses(builder.With(part, "<a/>").Build(), Reasons.Macro).Mime);
    }

    [Theory]
    [InlineData("vbaProject")]
    [InlineData("wordVbaData")]
    [InlineData("xlMacrosheet")]
    [InlineData("XLINTLMACROSHEET")]
    public void Macros_are_found_by_the_relationship_that_leads_to_them(string type) =>
        Archives.Refuses(Word.With("word/x.dat", "x").WithRelation(type, "x.dat").Build(), Reasons.Macro);

    [Theory]
    [InlineData("application/vnd.ms-office.vbaProject")]
    [InlineData("application/vnd.ms-excel.macrosheet+xml")]
    [InlineData("application/vnd.ms-excel.intlmacrosheet+xml")]
    public void Macros_are_found_by_the_type_of_their_part(string type) =>
        Archives.Refuses(Word.WithType($"<Override PartName='/word/x.xml' ContentType='{type}'/>").Build(), Reasons.Macro);

    [Fact]
    public void A_type_listed_for_an_extension_of_which_there_is_no_part_is_honest() =>
        Archives.Accepts(Word.WithType("<Default Extension='bin' ContentType='application/vnd.ms-excel.sheet.binary.macroEnabled.main'/><Default Extension='vba' ContentType='application/vnd.ms-office.vbaProject'/>").Build(), Archives.Docx);

    [Theory]
    [InlineData("wordprocessingml.template")]
    [InlineData("spreadsheetml.template")]
    [InlineData("presentationml.slideshow")]
    public void Templates_and_shows_are_named_and_not_allowed(string kind)
    {
        var type = $"application/vnd.openxmlformats-officedocument.{kind}";
        var refusal = Archives.Refuses((Word with { Types = $"<Override PartName='/word/document.xml' ContentType='{type}.main+xml'/>" }).Build(), reason: null);

        Assert.Equal((RefusalCode.TypeNotAllowed, type), (refusal.Code, refusal.Mime));
    }

    [Fact]
    public void A_package_that_is_no_document_is_not_taken_for_an_archive()
    {
        var refusal = Archives.Refuses((Word with { Types = "<Override PartName='/word/document.xml' ContentType='application/x-other'/>" }).Build(), reason: null);

        Assert.Equal((RefusalCode.TypeNotAllowed, "application/x-opc-package"), (refusal.Code, refusal.Mime));
    }

    [Theory]
    [InlineData("word/_rels/document.xml%2Erels")]
    [InlineData("word/_rels/document.xml.rels/[0].piece")]
    [InlineData("word/_rels/document.xml.rels/[1].LAST.piece")]
    [InlineData("word/./_rels/document.xml.rels")]
    [InlineData("word/_rels/document.xml.rels.")]
    [InlineData("word%2f_rels/document.xml.rels")]
    public void A_part_whose_name_leads_to_another_is_refused(string name) => Archives.Refuses(Word.With(name, "<a/>").Build(), Reasons.BadStructure);

    [Theory]
    [InlineData("word/media/50%25.png")]
    [InlineData("word/media/my%20picture.png")]
    [InlineData("word/media/100%.png")]
    public void A_part_with_escapes_that_it_needs_is_honest(string name) => Archives.Accepts(Word.With(name, new Png.PngBuilder().Build()).Build(), Archives.Docx);

    [Theory]
    [InlineData("[Content_Types].xml/[0].last.piece")]
    [InlineData("[Content%5FTypes].xml")]
    [InlineData("%5BContent_Types%5D.xml")]
    public void A_list_of_types_that_only_some_programs_find_is_no_plain_file(string name) =>
        Archives.Refuses(ZipBuilder.Of([.. Word.Items.Select(i => i.Name.StartsWith('[') ? i with { Name = name } : i)]), Reasons.BadStructure);

    [Fact]
    public void A_part_has_one_name()
    {
        byte[] field = [1, .. Little.U32(System.IO.Hashing.Crc32.HashToUInt32("word/x_.xml"u8)), .. "word/xä.xml"u8];
        byte[] extra = [.. Little.U16(0x7075), .. Little.U16(field.Length), .. field];
        var part = new ZipItem("word/x_.xml", [.. "<a/>"u8]) { LocalExtra = extra, CentralExtra = extra };

        Archives.Accepts(ZipBuilder.Of(part));
        Archives.Refuses(ZipBuilder.Of([.. Word.Items, part]), Reasons.BadStructure);
    }

    [Fact]
    public void A_main_part_may_have_its_type_by_extension_alone() =>
        Archives.Accepts((Word with { Types = "<Default Extension='XML' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/>" }).Build(), Archives.Docx);

    [Fact]
    public void A_part_s_own_type_counts_for_its_extension_s()
    {
        const string ByExtension = "<Default Extension='xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/>";
        var other = Word with { Types = ByExtension + "<Override PartName='/word/document.xml' ContentType='application/x-other'/>" };

        Assert.Equal("application/x-opc-package", Archives.Refuses(other.Build(), reason: null).Mime);
    }

    [Fact]
    public void A_main_part_that_is_missing_or_not_the_only_one_is_damage()
    {
        Archives.Refuses((Word with { Parts = [.. Word.Parts.Skip(1)] }).Build(), Reasons.BadStructure);
        Archives.Refuses((Word with { Parts = [Word.Parts[0]] }).Build(), Reasons.BadStructure);
        Archives.Refuses(Word.With("_rels/.rels", OfficeBuilder.Relations()).Build(), Reasons.BadStructure);
        Archives.Refuses(Word.With("_rels/.rels", OfficeBuilder.Relations(("officeDocument", "word/document.xml", false), ("officeDocument", "xl/workbook.xml", false))).Build(), Reasons.BadStructure);
        Archives.Refuses(Word.WithType(Word.Types).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void Markup_under_an_extension_where_nobody_looks_is_damage() =>
        Archives.Refuses(Word.WithType("<Override PartName='/word/x.png' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml'/>").Build(), Reasons.BadStructure);

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>")]
    [InlineData("<a>")]
    [InlineData("<a></b>")]
    [InlineData("no markup")]
    public void XML_with_a_document_type_or_that_is_not_well_formed_is_damage(string xml)
    {
        Archives.Refuses(Word.WithMain(xml).Build(), Reasons.BadStructure);
        Archives.Refuses((Word with { Head = "<!DOCTYPE Types>" }).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void Markup_is_nested_to_a_depth_and_no_deeper()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

        Archives.Accepts(Word.WithMain(Nested(250)).Build(), Archives.Docx);
        Archives.Refuses(Word.WithMain(Nested(300)).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void An_element_has_so_many_attributes_and_no_more()
    {
        static string With(int attributes) => $"<a{string.Concat(Enumerable.Range(0, attributes).Select(i => $" n{i}=''"))}/>";

        Archives.Accepts(Word.WithMain(With(4096)).Build(), Archives.Docx);
        Archives.Refuses(Word.WithMain(With(4097)).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void Markup_has_so_many_namespaces_at_one_place_and_no_more()
    {
        static string With(int namespaces) => $"<a>{string.Concat(Enumerable.Range(0, 3).Select(_ => $"<b{string.Concat(Enumerable.Range(0, namespaces).Select(i => $" xmlns:n{i}='u'"))}/>"))}</a>";

        Archives.Accepts(Word.WithMain(With(1024)).Build(), Archives.Docx);
        Archives.Refuses(Word.WithMain(With(1025)).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void What_is_read_of_markup_is_bounded_by_its_elements_too()
    {
        static void Read(int elements)
        {
            var file = new MemoryFile(Word.WithMain($"<a>{string.Concat(Enumerable.Repeat("<a/>", elements))}</a>").Build());
            new ZipJudge(new ZipFindings(Archives.Allowed), new ZipWork(1_000_000, CancellationToken.None)).Judge(file, _ => true, depth: 0);
        }

        Read(9_000);
        Assert.Equal(Reasons.ExpandsTooMuch, Assert.Throws<ZipStopException>(() => Read(11_000)).Reason);
    }

    [Fact]
    public void A_piece_of_markup_that_a_reader_keeps_whole_is_bounded()
    {
        var random = new Random(7);
        var text = string.Create((1 << 20) + 100, random, static (text, random) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = (char)random.Next('a', 'z');
        });

        Archives.Accepts(Word.WithMain($"<a>{text[..900_000]}<b/>{text[..900_000]}</a>").Build(), Archives.Docx);
        Archives.Accepts(Word.WithMain($"<a><![CDATA[{text[..500_000]}]]>{text[..500_000]}<b/>{text[..500_000]}</a>").Build(), Archives.Docx);
        Archives.Refuses(Word.WithMain($"<a b='{text}'/>").Build(), Reasons.BadStructure);
        Archives.Refuses(Word.WithMain($"<a><![CDATA[{text[..900_000]}<>{text[..900_000]}]]></a>").Build(), Reasons.BadStructure);
    }

    [Fact]
    public void UTF_16_markup_is_read_as_well()
    {
        byte[] part = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<w:p xmlns:w='x'><w:instrText>DDEAUTO c</w:instrText></w:p>")];

        Archives.Refuses(Word.With("word/a.xml", part).Build(), Reasons.ActiveContent);
        Archives.Refuses(Word.With("word/a.png", part).Build(), Reasons.ActiveContent);
    }

    [Fact]
    public void A_part_in_UTF_16_is_bounded_though_its_characters_have_the_bytes_of_brackets()
    {
        byte[] Part(int characters) => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"<a b='{new string('\u3C3E', characters)}'/>")];

        Archives.Accepts(Word.With("word/a.xml", Part(400_000)).Build(), Archives.Docx);
        Archives.Refuses(Word.With("word/a.xml", Part(600_000)).Build(), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("exe")]
    [InlineData("rar5")]
    [InlineData("7z")]
    public void Programs_and_archives_among_the_parts_are_refused_or_flagged(string guest) =>
        Archives.RefusesOrFlags(Word.With("word/media/a.png", Guests.All[guest]).Build(), Reasons.EmbeddedFile, Archives.Docx);

    [Fact]
    public void A_chart_s_workbook_passes_when_it_is_clean()
    {
        OfficeBuilder With(OfficeBuilder workbook) => Word.WithChart("package", "../embeddings/a.xlsx").With("word/embeddings/a.xlsx", workbook.Build());

        Archives.Accepts(With(OfficeBuilder.Excel).Build(), Archives.Docx);
        Archives.Refuses(With(OfficeBuilder.Excel.With("xl/vbaProject.bin", "x")).Build(), Reasons.Macro);
        Archives.Refuses(With(OfficeBuilder.Excel).WithRelation("package", "embeddings/a.xlsx").Build(), Reasons.EmbeddedFile);
        Archives.Refuses(Word.With("word/embeddings/a.xlsx", Guests.All["zip"]).Build(), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("word/_rels/document.xml%2Erels")]
    [InlineData("word/%5Frels/document.xml.rels")]
    [InlineData("word/_rels/document.xml.rels/[0].piece")]
    [InlineData("word/_rels/document.xml.rels/[1].last.piece")]
    [InlineData("word/./a.xml")]
    public void A_part_s_name_that_stands_for_another_part_s_is_damage(string name) => Archives.Refuses(Word.With(name, "<a/>").Build(), Reasons.BadStructure);

    [Fact]
    public void A_part_s_name_with_characters_that_need_a_percent_sign_is_honest() => Archives.Accepts(Word.With("word/a%20b%C3%BC.xml", "<a/>").Build(), Archives.Docx);

    [Fact]
    public void The_way_to_the_main_part_goes_through_no_other_folder() => Archives.Refuses(
        Word.With("_rels/.rels", OfficeBuilder.Relations(("officeDocument", "./word/document.xml", false))).Build(), Reasons.BadStructure);

    [Fact]
    public void Macro_sheets_are_found_by_their_root_element() =>
        Archives.Refuses(OfficeBuilder.Excel.With("xl/worksheets/sheet1.xml", "<xm:macrosheet xmlns:xm='x'/>").Build(), Reasons.Macro);

    [Theory]
    [InlineData("word/media/run.js")]
    [InlineData("payload.bat")]
    [InlineData("word/x.hta")]
    public void Parts_that_are_programs_by_their_name_are_refused_or_flagged(string part) =>
        Archives.RefusesOrFlags(Word.With(part, "text").Build(), Reasons.EmbeddedFile, Archives.Docx);

    [Fact]
    public void Parts_that_are_no_markup_of_Office_s_have_longer_pieces_and_may_be_empty()
    {
        var random = new Random(7);
        var data = Convert.ToBase64String(Enumerable.Range(0, 1 << 20).Select(_ => (byte)random.Next()).ToArray());

        Archives.Accepts(Word.With("word/media/a.svg", $"<svg><image href='data:image/png;base64,{data}'/></svg>").Build(), Archives.Docx);
        Archives.Accepts(Word.With("customXml/item1.xml", $"<DataMashup>{data}</DataMashup>").With("customXml/item2.xml", "").Build(), Archives.Docx);
        Archives.Refuses(Word.With("word/settings.xml", $"<a>{data}</a>").Build(), Reasons.BadStructure);
        Archives.Refuses(Word.With("word/settings.xml", "").Build(), Reasons.BadStructure);
    }
}
