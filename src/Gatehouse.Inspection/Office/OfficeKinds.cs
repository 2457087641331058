using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Office;

/// <summary>What a package is, by the content type of its main part (ECMA-376 part 1, 11.3.10, 12.3.23, 13.3.6; [MS-OFFMACRO2] for those with macros).</summary>
internal static class OfficeKinds
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";

    private static readonly NamedType[] Plain =
    [
        ZipKinds.Word, ZipKinds.Excel, ZipKinds.PowerPoint,
        Template("wordprocessingml.template", "Word template (DOTX)"),
        Template("spreadsheetml.template", "Excel template (XLTX)"),
        Template("presentationml.template", "PowerPoint template (POTX)"),
        Template("presentationml.slideshow", "PowerPoint show (PPSX)"),
    ];

    /// <summary>Visio, XPS, installers: packages of the same kind that are no document of the three.</summary>
    public static NamedType OtherPackage { get; } = new(
        "application/x-opc-package", "package", "This is a package (OPC) of a kind that is not accepted here. Save it as PDF, or unpack it, and send that.");

    /// <summary>Null: no main part has such a type.</summary>
    public static NamedType? ByMainType(ReadOnlySpan<char> contentType)
    {
        if (!contentType.EndsWith(".main+xml", StringComparison.OrdinalIgnoreCase) && !contentType.EndsWith(".main", StringComparison.OrdinalIgnoreCase))
            return null;
        var mime = contentType[..contentType.LastIndexOf(".main", StringComparison.OrdinalIgnoreCase)];
        if (IsMacro(contentType))
            return WithMacros(mime.ToString());
        foreach (var kind in Plain)
        {
            if (mime.Equals(kind.Mime, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return null;
    }

    public static bool IsMacro(ReadOnlySpan<char> contentType) =>
        contentType.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || contentType.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("vbaData", StringComparison.OrdinalIgnoreCase) || contentType.Contains("macrosheet", StringComparison.OrdinalIgnoreCase);

    /// <summary>A chart with the numbers in a workbook of its own (part 1, 14.2.1; [MS-ODRAWXML] 2.1 for those since 2016).</summary>
    public static bool IsChart(ReadOnlySpan<char> contentType) =>
        contentType.EndsWith("drawingml.chart+xml", StringComparison.OrdinalIgnoreCase) || contentType.EndsWith("ms-office.chartex+xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a document is in truth once a macro was found in it.</summary>
    public static NamedType MacroOf(NamedType kind)
    {
        if (kind.Mime.Contains("spreadsheet", StringComparison.OrdinalIgnoreCase))
            return ZipKinds.ExcelMacro;
        if (kind.Mime.Contains("presentation", StringComparison.OrdinalIgnoreCase))
            return ZipKinds.PowerPointMacro;
        return kind.Mime.Contains("word", StringComparison.OrdinalIgnoreCase) ? ZipKinds.WordMacro : kind;
    }

    /// <summary>Documents, templates, shows, add-ins and binary workbooks: their main part is called as the file, up to a last ".12".</summary>
    private static NamedType WithMacros(string mime)
    {
        foreach (var usual in new[] { ZipKinds.WordMacro, ZipKinds.ExcelMacro, ZipKinds.PowerPointMacro })
        {
            if (usual.Mime.StartsWith(mime + ".", StringComparison.OrdinalIgnoreCase))
                return usual;
        }

        var program = mime.Contains("excel", StringComparison.OrdinalIgnoreCase) ? "Excel" : mime.Contains("powerpoint", StringComparison.OrdinalIgnoreCase) ? "PowerPoint" : "Word";
        mime = mime.Replace("macroEnabledTemplate", "macroEnabled", StringComparison.OrdinalIgnoreCase);
        return new NamedType(mime + ".12", $"{program} file with macros", $"This is a file of {program} with macros. Save it as PDF and send that.");
    }

    private static NamedType Template(string type, string name) => new(OpenXml + type, name, $"This is a {name}. Save it as a document or as PDF and send that.");
}
