using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>Small files whose parts lead to each other again and again: what is parsed of one file is bounded, whatever leads to it.</summary>
public sealed class PdfCostTests
{
    private static readonly string Numbers = "[" + string.Concat(Enumerable.Repeat("0 ", 200_000)) + "]";

    [Fact]
    public void Packed_objects_that_share_one_place_are_refused_unread()
    {
        var index = string.Concat(Enumerable.Range(100, 1000).Select(number => $"{number} 0 "));
        var data = PdfBuilder.Deflate(Encoding.ASCII.GetBytes(index + Numbers));
        Judge.Refuses(new PdfBuilder().Stream(4, $"/Type/ObjStm/N 1000/First {index.Length}/Filter/FlateDecode", data).End(), Reasons.BadStructure);
    }

    [Fact]
    public void References_to_a_large_array_where_a_name_belongs_cost_nothing() =>
        Judge.Accepts(new PdfBuilder().Object(4, Numbers).Object(5, "[" + string.Concat(Enumerable.Repeat("<</F 4 0 R/S 4 0 R>>", 1000)) + "]").End());

    [Fact]
    public void References_to_a_large_string_are_bounded() =>
        Judge.Refuses(new PdfBuilder().Object(4, $"({new string('a', 1_000_000)})").Object(5, "[" + string.Concat(Enumerable.Repeat("<</F 4 0 R>>", 100)) + "]").End(), Reasons.ExpandsTooMuch);

    [Fact]
    public void Pages_that_share_their_kids_are_bounded()
    {
        var file = new PdfBuilder().Object(4, "[" + string.Concat(Enumerable.Repeat("3 0 R ", 30_000)) + "]");
        for (var number = 20; number < 80; number++)
            file.Object(number, "<</Kids 4 0 R>>");
        Judge.Refuses(file.Object(2, "<</Type/Pages/Kids[" + string.Concat(Enumerable.Range(20, 60).Select(number => $"{number} 0 R ")) + "]>>").End(), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void An_invoice_of_many_elements_or_attributes_is_refused_before_it_is_parsed()
    {
        byte[] Attached(string xml) => new PdfBuilder().Object(4, "<</Type/Filespec/F(a.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>")
            .Stream(5, "/Type/EmbeddedFile/Filter/FlateDecode", PdfBuilder.Deflate(Encoding.ASCII.GetBytes(xml))).End();
        Judge.Accepts(Attached($"<a>{string.Concat(Enumerable.Repeat("<b c='d'/>", 1000))}</a>"));
        Judge.Refuses(Attached($"<a>{string.Concat(Enumerable.Repeat("<b c='d'/>", 700_000))}</a>"), Reasons.ExpandsTooMuch);
        Judge.Refuses(Attached($"<a {string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i} = '1' "))}/>"), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("/Type/ObjStm/N 0/First 0", "null")]
    [InlineData("", "[(a)100 0 R(a)101 0 R(a)102 0 R(a)103 0 R(a)104 0 R(a)105 0 R(a)106 0 R(a)107 0 R]")]
    public void What_is_made_in_the_middle_of_a_chain_counts(string entries, string forms)
    {
        var data = PdfBuilder.Deflate(PdfBuilder.Deflate(Encoding.ASCII.GetBytes(new string('>', 8_000_000))));
        var file = new PdfBuilder().Object(4, $"<</XFA {forms}>>");
        for (var number = 100; number < 108; number++)
            file.Stream(number, $"{entries}/Filter[/FlateDecode/FlateDecode/ASCIIHexDecode]", data);
        Judge.Refuses(file.End(), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void White_space_that_entries_or_references_lead_to_counts()
    {
        var blanks = new string(' ', 33_000);
        Judge.Refuses(new PdfBuilder().Object(4, $"{blanks}[0]").Object(5, "[" + string.Concat(Enumerable.Repeat("<</F 4 0 R>>", 1000)) + "]").End(), Reasons.ExpandsTooMuch);

        var file = Encoding.Latin1.GetString(new PdfBuilder().Text(blanks).End());
        var entry = string.Concat(Enumerable.Range(10, 1000).Select(number => $"{number} 1\n{file.IndexOf(blanks, StringComparison.Ordinal):D10} 00000 n \n"));
        Judge.Refuses(Encoding.Latin1.GetBytes(file.Replace("trailer", $"{entry}trailer", StringComparison.Ordinal)), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void A_trailer_without_an_identifier_takes_the_first_that_was_found() => Judge.Refuses(
        new PdfBuilder().Object(8, "null").Object(9, "<</Filter/Standard>>").Text(string.Concat(Enumerable.Repeat("trailer<</Encrypt 9 0 R/ID 8 0 R>>\n", 2000))).End(), Reasons.Encrypted);

    [Fact]
    public void Object_streams_that_are_opened_in_turn_count_for_what_opening_costs()
    {
        var entries = "/Type/ObjStm/N 1/First 5" + string.Concat(Enumerable.Repeat("/a 0", 3600));
        var filler = PdfBuilder.Deflate(Encoding.ASCII.GetBytes($"40 0 ({new string('x', 262_130)})"));
        var turns = string.Concat(Enumerable.Repeat("<</EF 0/AFRelationship 50 0 R>><</EF 0/AFRelationship 51 0 R>>", 2000));
        var file = new PdfBuilder().Stream(20, "/Type/ObjStm/N 1/First 5/Filter/FlateDecode", filler)
            .Stream(21, entries, "50 0 /Data"u8.ToArray()).Stream(22, entries, "51 0 /Data"u8.ToArray()).Object(4, $"[{turns}]");
        Judge.Refuses(file.End(), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void A_document_of_eighty_thousand_small_packed_objects_passes()
    {
        var file = new PdfBuilder();
        for (var number = 100; number < 160_000; number += 200)
        {
            var objects = Enumerable.Range(number + 1, 100).Select(each => $"<</Type/StructElem/S/TD/P {number + 1} 0 R/Pg 3 0 R/K {each}/A<</O/Table/Headers[(a)]>>>> ").ToList();
            var index = string.Concat(objects.Select((each, i) => $"{number + 1 + i} {objects.Take(i).Sum(before => before.Length)} "));
            file.Stream(number, $"/Type/ObjStm/N 100/First {index.Length}/Filter/FlateDecode", PdfBuilder.Deflate(Encoding.ASCII.GetBytes(index + string.Concat(objects))));
        }

        Judge.Accepts(file.End());
    }

    [Fact]
    public void Passwords_are_tried_for_a_few_trailers() => Judge.Refuses(
        new PdfBuilder().Text(string.Concat(Enumerable.Repeat("trailer\n<</Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6>>>>\n", 200))).End(), Reasons.ExpandsTooMuch);
}
