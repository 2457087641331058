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

    [Fact]
    public void Passwords_are_tried_for_a_few_trailers() => Judge.Refuses(
        new PdfBuilder().Text(string.Concat(Enumerable.Repeat("trailer\n<</Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6>>>>\n", 200))).End(), Reasons.ExpandsTooMuch);
}
