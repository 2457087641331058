using System.Globalization;
using System.Text;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Office;

/// <summary>Makes small Office documents, part by part.</summary>
internal sealed record OfficeBuilder
{
    public const string WordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private const string RelationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private OfficeBuilder(string folder, string main, string type)
    {
        (Folder, MainPart) = (folder, $"{folder}/{main}.xml");
        Types = $"<Override PartName='/{MainPart}' ContentType='{type}'/>";
        Parts = [("_rels/.rels", Encoding.UTF8.GetBytes(Relations(("officeDocument", MainPart, false)))), (MainPart, [.. "<main xmlns='x'><p>hello</p></main>"u8])];
    }

    public static OfficeBuilder Word { get; } = new("word", "document", Archives.Docx + ".main+xml");

    public static OfficeBuilder Excel { get; } = new("xl", "workbook", Archives.Xlsx + ".main+xml");

    public static OfficeBuilder PowerPoint { get; } = new("ppt", "presentation", Archives.Pptx + ".main+xml");

    public string Folder { get; }

    public string MainPart { get; }

    /// <summary>Elements of the list of types, behind the usual ones.</summary>
    public string Types { get; init; }

    public string Head { get; init; } = "<?xml version='1.0' encoding='UTF-8'?>";

    public IReadOnlyList<(string Name, byte[] Content)> Parts { get; init; }

    public bool IsTypesLast { get; init; }

    public static string Relations(params (string Type, string Target, bool IsExternal)[] relations)
    {
        var text = new StringBuilder("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>");
        foreach (var (type, target, isExternal) in relations)
            text.Append(CultureInfo.InvariantCulture, $"<Relationship Id='r{text.Length}' Type='{RelationTypes}{type}' Target='{target}'{(isExternal ? " TargetMode='External'" : "")}/>");
        return text.Append("</Relationships>").ToString();
    }

    /// <summary>One part more, or another in its place.</summary>
    public OfficeBuilder With(string name, byte[] content) => this with { Parts = [.. Parts.Where(p => !string.Equals(p.Name, name, StringComparison.Ordinal)), (name, content)] };

    public OfficeBuilder With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    public OfficeBuilder WithMain(string xml) => With(MainPart, xml);

    public OfficeBuilder WithType(string element) => this with { Types = Types + element };

    public OfficeBuilder WithRelation(string type, string target, bool isExternal = false) =>
        With($"{Folder}/_rels/{MainPart[(Folder.Length + 1)..]}.rels", Relations((type, target, isExternal)));

    public IReadOnlyList<ZipItem> Items
    {
        get
        {
            const string Usual = "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>";
            var types = $"{Head}<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>{Usual}{Types}</Types>";
            var list = new ZipItem("[Content_Types].xml", Encoding.UTF8.GetBytes(types));
            var parts = Parts.Select(p => new ZipItem(p.Name, p.Content));
            return IsTypesLast ? [.. parts, list] : [list, .. parts];
        }
    }

    /// <summary>A chart, with one relationship of its own.</summary>
    public OfficeBuilder WithChart(string type, string target, bool isExternal = false) =>
        With($"{Folder}/charts/chart1.xml", "<chart/>").With($"{Folder}/charts/_rels/chart1.xml.rels", Relations((type, target, isExternal)))
            .WithType($"<Override PartName='/{Folder}/charts/chart1.xml' ContentType='application/vnd.openxmlformats-officedocument.drawingml.chart+xml'/>");

    public byte[] Build() => ZipBuilder.Of([.. Items]);
}
