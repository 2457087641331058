using System.Text;

namespace Gatehouse.Inspection.Tests.Zip;

public sealed class ZipPackageTests
{
    private static readonly ZipItem Item = new("a.txt", ZipBuilder.Text);

    [Theory]
    [InlineData("index.apxl", "<key:presentation/>", "application/vnd.apple.iwork")]
    [InlineData("index.xml", "<?xml version='1.0'?><sl:document xmlns:sl=\"http://developer.apple.com/namespaces/sl\"/>", "application/vnd.apple.iwork")]
    [InlineData("doc.kml", "<kml/>", "application/vnd.google-earth.kmz")]
    [InlineData("content.xlf", "<xliff/>", "application/x-xliff+zip")]
    [InlineData("designmap.xml", "<Document/>", "application/vnd.adobe.indesign-idml-package")]
    [InlineData("META-INF/container.xml", "<container/>", "application/epub+zip")]
    [InlineData("META-INF/signatures001.xml", "<a/>", "application/vnd.etsi.asic-e+zip")]
    public void A_package_is_told_by_its_entry_wherever_it_lies(string name, string content, string mime)
    {
        var told = new ZipItem(name, Encoding.UTF8.GetBytes(content));

        IsNamed(mime, Item, told);
        IsNamed(mime, told, Item);
    }

    [Theory]
    [InlineData("application/x-ibooks+zip", "application/x-ibooks+zip")]
    [InlineData("application/vnd.adobe.indesign-idml-package", "application/vnd.adobe.indesign-idml-package")]
    [InlineData("application/vnd.etsi.asic-s+zip", "application/vnd.etsi.asic-e+zip")]
    [InlineData("image/openraster", "image/openraster")]
    [InlineData("application/x-anything", "application/x-zip-package")]
    [InlineData("", "application/x-zip-package")]
    [InlineData("application/epub+zip", "application/epub+zip")]
    public void A_first_entry_that_states_a_type_names_a_package(string type, string mime) =>
        IsNamed(mime, new ZipItem("mimetype", Encoding.ASCII.GetBytes(type)) { Method = ZipItem.Stored }, Item);

    [Fact]
    public void What_another_entry_tells_counts_for_a_type_that_is_not_known() => IsNamed(
        "application/vnd.oasis.opendocument", new ZipItem("mimetype", [.. "application/x-anything"u8]) { Method = ZipItem.Stored }, new ZipItem("META-INF/manifest.xml", [.. "<a/>"u8]));

    [Theory]
    [InlineData("index.xml", "<rss/>")]
    [InlineData("mimetype", "text/plain")]
    [InlineData("maps/doc.kml", "<kml/>")]
    public void Files_that_only_have_such_a_name_are_honest(string name, string content) => Archives.Accepts(ZipBuilder.Of(Item, new ZipItem(name, Encoding.ASCII.GetBytes(content))));

    private static void IsNamed(string mime, params ZipItem[] items)
    {
        var refusal = Archives.Refuses(ZipBuilder.Of(items), reason: null);

        Assert.Equal((RefusalCode.TypeNotAllowed, mime), (refusal.Code, refusal.Mime));
        Assert.Contains("send", refusal.Sentence, StringComparison.OrdinalIgnoreCase);
    }
}
