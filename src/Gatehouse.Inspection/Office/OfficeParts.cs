using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>What a document's parts may be: markup that does not act, pictures, sounds, fonts, and the workbooks of its charts.</summary>
internal sealed class OfficeParts(OfficePackage package, ZipFindings findings, NestedArchives nested) : IMemberRules
{
    private static readonly string[] MacroParts = ["/vbaProject.bin", "/vbaData.xml", "/macrosheets/"];

    private readonly List<(string Part, LoadedRelations Loaded)> _loaded = [];

    public int CostOfReading => ZipLimits.CostOfMarkup;

    public void Judge(in Member member, EntryStream content)
    {
        var at = member.Entry.Offset;
        var path = "/" + member.Name.TrimEnd(' ', '.');
        if (MacroParts.Any(p => path.Contains(p, StringComparison.OrdinalIgnoreCase)))
            throw Macro(at);
        if (package.Types.ActingTypeOf(path) is { } type)
            ActingTypes.Judge(type, findings, at, () => throw Macro(at));
        if (path.Contains("/activeX/", StringComparison.OrdinalIgnoreCase))
            findings.Active(at, "a control (ActiveX)");
        if (path.Contains("/externalLinks/", StringComparison.OrdinalIgnoreCase))
            findings.Active(at, "links to other workbooks");
        var isForeign = path.Contains("/customXml/", StringComparison.OrdinalIgnoreCase);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".RELS":
                var relationships = new Relationships(package.Types.IsChart(Relationships.SourceOf(path)), findings, at, () => throw Macro(at));
                OfficeXml.Read(content, relationships.See, at);
                break;
            case ".XML" when isForeign && member.Entry.Unpacked == 0:
                break;
            case ".XML" or ".PSMDCP":
                if (!ReadMarkup(member, content, isForeign))
                    throw ZipStops.Structure(at, "a part of it is no proper XML");
                break;
            case ".VML":
                JudgeBinary(member, content, isDrawing: true);
                break;
            default:
                JudgeBinary(member, content, isDrawing: false);
                break;
        }
    }

    /// <summary>All parts have been read, and their relationships.</summary>
    public void Finish(Archive archive)
    {
        foreach (var (part, loaded) in _loaded)
            loaded.Judge(archive, part);
    }

    private ZipStopException Macro(long at) => ZipStopException.Macro(OfficeKinds.MacroOf(package.Kind), at);

    private bool ReadMarkup(in Member member, EntryStream content, bool isForeign)
    {
        var at = member.Entry.Offset;
        using var markup = new PartMarkup(findings, at, () => throw Macro(at));
        var isWhole = OfficeXml.TryRead(content, markup.See, at, isForeign ? BoundedMarkup.LongestOfOthers : BoundedMarkup.Longest);
        markup.Finish();
        if (!markup.Loaded.IsEmpty)
            _loaded.Add((member.Name, markup.Loaded));
        return isWhole;
    }

    /// <summary>Some programs write drawings badly: what is behind the first mistake counts as well.</summary>
    private void ReadLooseMarkup(in Member member, EntryStream content, bool isForeign)
    {
        if (ReadMarkup(member, content, isForeign))
            return;
        using var again = member.Open(CostOfReading);
        using var addresses = new LooseAddresses(findings, member.Entry.Offset);
        addresses.Read(again);
    }

    private void JudgeBinary(in Member member, EntryStream content, bool isDrawing)
    {
        var at = member.Entry.Offset;
        using var start = new MemberStart(content);
        if (LinkFiles.IsOne(start.Bytes))
            throw ZipStops.PathEscape(at);
        if (ProgramNames.IsOne(ShownName.Of(member.Name)))
            findings.Embedded(at, "a program");
        if (HiddenDocuments.IsIn(start.Bytes))
            findings.Embedded(at, "another file that is embedded in it");
        switch (start.Kind)
        {
            case MemberKind.Program:
                findings.Embedded(at, "a program");
                break;
            case MemberKind.Compound or MemberKind.OtherArchive:
                findings.Embedded(at, "another file that is embedded in it");
                break;
            case MemberKind.Zip:
                nested.Judge(member);
                break;
            case MemberKind.Ordinary when isDrawing || IsMarkup(start.Bytes):
                using (var again = member.Open(CostOfReading))
                    ReadLooseMarkup(member, again, isForeign: !isDrawing);
                break;
        }
    }

    /// <summary>XML under a name where nobody looks for it, in UTF-8 or UTF-16.</summary>
    private static bool IsMarkup(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        return head.TrimStart((ReadOnlySpan<byte>)[0, 0xFE, 0xFF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']).StartsWith("<"u8);
    }
}
