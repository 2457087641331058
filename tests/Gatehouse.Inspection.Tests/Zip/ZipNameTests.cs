using System.Text;

namespace Gatehouse.Inspection.Tests.Zip;

/// <summary>Names that one system takes for another name, or shows as another.</summary>
public sealed class ZipNameTests
{
    private static readonly ZipItem Item = new("a.txt", ZipBuilder.Text);

    [Theory]
    [InlineData("..\uFF0F..\uFF0Fa.txt")]
    [InlineData("..\uFF3Ca.txt")]
    [InlineData("x\u2044..\u2044a.txt")]
    [InlineData("..\u2215a.txt")]
    [InlineData("..\u29F5a.txt")]
    [InlineData("\uFF0E\uFF0E/a.txt")]
    [InlineData(".\u200B./a.txt")]
    [InlineData("\uFF0Fetc\uFF0Fpasswd")]
    public void Slashes_and_dots_that_only_look_so_lead_out_of_the_folder(string name)
    {
        Archives.Refuses(ZipBuilder.Of(Item with { Name = name }), Reasons.PathEscape);
        Archives.Refuses(ZipBuilder.Of(Item with { NameBytes = Encoding.UTF8.GetBytes(name) }), Reasons.PathEscape);
    }

    [Theory]
    [InlineData("a.txt::$DATA")]
    [InlineData("a.txt:x.hta:$DATA")]
    [InlineData("a::$Index_Allocation/b.txt")]
    [InlineData("nul")]
    [InlineData("CON.txt")]
    [InlineData("x/aux/b.txt")]
    [InlineData("COM1 .txt")]
    [InlineData("lpt\u00B2")]
    [InlineData("CONIN$")]
    public void Names_that_Windows_takes_for_a_stream_or_a_device_are_refused(string name) => Archives.Refuses(ZipBuilder.Of(Item with { Name = name }), Reasons.PathEscape);

    [Fact]
    public void A_stream_of_another_entry_is_refused_in_either_order()
    {
        Archives.Refuses(ZipBuilder.Of(Item, Item with { Name = "a.txt:b" }), Reasons.PathEscape);
        Archives.Refuses(ZipBuilder.Of(Item with { Name = "x/A.txt:b" }, Item with { Name = "x/a.txt" }), Reasons.PathEscape);
        Archives.Accepts(ZipBuilder.Of(Item with { Name = "Meeting" }, Item with { Name = "Meeting: notes.txt" }, Item with { Name = "10:20" }));
    }

    [Theory]
    [InlineData("exe.\u202Etxt")]
    [InlineData("a\u202Dtxt")]
    [InlineData("a.ex\u200Be")]
    [InlineData("a.\u2060exe")]
    [InlineData("a.exe\u00A0")]
    [InlineData("a.exe\u200F")]
    [InlineData("a\uFF0Eexe")]
    [InlineData("a\u2024exe")]
    [InlineData("a.\uFF45\uFF58\uFF45")]
    [InlineData("a.e\uFE0Fxe")]
    public void Names_whose_extension_is_shown_otherwise_are_refused_or_flagged(string name)
    {
        Archives.RefusesOrFlags(ZipBuilder.Of(Item with { Name = name }), Reasons.EmbeddedFile);
        Archives.RefusesOrFlags(ZipBuilder.Of(Item with { NameBytes = Encoding.UTF8.GetBytes(name) }), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("\u8B70\u4E8B\u9332\uFF084\uFF0F5\uFF09.txt")]
    [InlineData("\uFF21\uFF1A\u8CEA\u554F.txt")]
    [InlineData("Chat with \u202A+49 151 123\u202C.txt")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.txt")]
    [InlineData("\U0001F468\u200D\U0001F469.jpg")]
    [InlineData("1\u20442 cup, \u00BD, \u2026.txt")]
    [InlineData("console.txt")]
    [InlineData("Budget:$USD.txt")]
    public void Other_names_with_such_characters_are_honest(string name) => Archives.Accepts(ZipBuilder.Of(Item with { Name = name }));

    [Theory]
    [InlineData("a.phar")]
    [InlineData("a.phtml")]
    [InlineData("a.jspx")]
    [InlineData("a.class")]
    [InlineData("a.pyc")]
    [InlineData("a.diagcfg")]
    [InlineData("a.adp")]
    [InlineData("a.accdb")]
    [InlineData("a.shs")]
    [InlineData("a.contact")]
    [InlineData("a.swf")]
    [InlineData("A.bundle/a.txt")]
    [InlineData("A.prefPane/Contents/a.txt")]
    [InlineData("A.scptd/a.txt")]
    public void Programs_that_mail_gateways_block_are_refused_or_flagged(string name) => Archives.RefusesOrFlags(ZipBuilder.Of(Item with { Name = name }), Reasons.EmbeddedFile);

    [Fact]
    public void Marks_behind_the_thirtieth_make_no_other_name()
    {
        static ZipItem With(int marks) => Item with { Name = $"a{string.Concat(Enumerable.Repeat("\u0301\u0316", marks / 2))}.txt" };

        Archives.Accepts(ZipBuilder.Of(With(28), With(30)));
        Archives.Refuses(ZipBuilder.Of(With(30), With(32)), Reasons.BadStructure);
    }
}
