using System.Buffers;
using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// A part's relationships (ECMA-376 part 2, 6.5): what it embeds, and what outside the package it leads to. Judged by the last word of their type, which is
/// the same in the transitional and the strict namespaces.
/// </summary>
/// <param name="isOfChart">The part is a chart, by its content type.</param>
internal sealed class Relationships(bool isOfChart, ZipFindings findings, long offset, Action macro)
{
    /// <summary>Longer than any that is known.</summary>
    private const int LongestKind = 64;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\u00A0\u200B\u3000\uFEFF");

    public static ReadOnlySpan<char> Kind(ReadOnlySpan<char> type) => type[(type.LastIndexOf('/') + 1)..].Trim();

    /// <summary>The part whose relationships a part holds (part 2, 6.5.2): "/word/document.xml" for "/word/_rels/document.xml.rels".</summary>
    public static string SourceOf(string part)
    {
        const string Folder = "/_rels/";
        var at = part.LastIndexOf(Folder, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? string.Empty : $"{part[..at]}/{Path.ChangeExtension(part[(at + Folder.Length)..], extension: null)}";
    }

    /// <summary>The part that holds a part's relationships.</summary>
    public static string PartOf(string source)
    {
        var name = source.LastIndexOf('/') + 1;
        return $"{source[..name]}_rels/{source[name..]}.rels";
    }

    public void See(MarkupReader node)
    {
        if (node.Kind is not MarkupKind.Element || node.Name is not "Relationship")
            return;
        node.Attributes.TryGet("Type", out var type);
        node.Attributes.TryGet("Target", out var target);
        node.Attributes.TryGet("TargetMode", out var mode);
        if (type.Trim().IndexOfAny(Blanks) >= 0)
            throw ZipStops.Structure(offset, "a relationship in it has a blank in its type");
        Span<char> upper = stackalloc char[LongestKind];
        var written = Kind(type);
        scoped ReadOnlySpan<char> kind = written.Length > LongestKind ? [] : upper[..written.ToUpperInvariant(upper)];
        JudgeKind(kind);
        if (mode.Equals("External", StringComparison.OrdinalIgnoreCase) || Targets.IsRemote(target))
            JudgeOutside(kind, target);
        else
            JudgeInside(kind);
    }

    private void JudgeKind(ReadOnlySpan<char> kind)
    {
        switch (kind)
        {
            case "VBAPROJECT" or "VBAPROJECTSIGNATURE" or "WORDVBADATA" or "XLMACROSHEET" or "XLINTLMACROSHEET":
                macro();
                break;
            case "CONTROL" or "ACTIVEXCONTROLBINARY":
                findings.Active(offset, "a control (ActiveX)");
                break;
            case "EXTERNALLINK" or "EXTERNALLINKPATH" or "CONNECTIONS":
                findings.Active(offset, "links to other workbooks or data");
                break;
            case "FRAME" or "SUBDOCUMENT" or "MAILMERGESOURCE" or "WEBEXTENSION" or "WEBEXTENSIONTASKPANES" or "ATTACHEDTOOLBARS":
                findings.Active(offset, "content that is loaded from elsewhere");
                break;
        }
    }

    /// <summary>A chart's numbers are a workbook of its own (part 1, 15.2.11), which is judged as one.</summary>
    private void JudgeInside(ReadOnlySpan<char> kind)
    {
        if (kind is "OLEOBJECT" or "AFCHUNK" || (kind is "PACKAGE" && !isOfChart))
            findings.Embedded(offset, "another file that is embedded in it");
    }

    /// <summary>
    /// Links wait for a click; pictures, sounds, a template and a chart's workbook may lie on the sender's own disk; everything else is fetched or run.
    /// </summary>
    private void JudgeOutside(ReadOnlySpan<char> kind, ReadOnlySpan<char> target)
    {
        var isHonest = kind switch
        {
            "HYPERLINK" => Targets.IsHonestLink(target),
            "IMAGE" or "AUDIO" or "VIDEO" or "MEDIA" or "ATTACHEDTEMPLATE" => Targets.IsLocal(target),
            "OLEOBJECT" => isOfChart && Targets.IsLocal(target),
            _ => false,
        };
        if (!isHonest)
            findings.Active(offset, "a link to something outside it that is not a plain web link");
    }
}
