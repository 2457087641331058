using Gatehouse.Inspection.Signatures;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>What a document's parts may be: markup that does not act, pictures, sounds, fonts, and the workbooks of its charts.</summary>
internal sealed class OfficeParts(NamedType kind, ZipFindings findings, NestedArchives nested) : IMemberRules
{
    private static readonly string[] MacroParts = ["/vbaProject.bin", "/vbaData.xml", "/macrosheets/"];

    public void Judge(in Member member, EntryStream content)
    {
        var at = member.Entry.Offset;
        var path = "/" + member.Name;
        if (MacroParts.Any(p => path.Contains(p, StringComparison.OrdinalIgnoreCase)))
            throw ZipStopException.Macro(OfficeKinds.MacroOf(kind), at);
        if (path.Contains("/activeX/", StringComparison.OrdinalIgnoreCase))
            findings.Active(at, "a control (ActiveX)");
        if (path.Contains("/externalLinks/", StringComparison.OrdinalIgnoreCase))
            findings.Active(at, "links to other workbooks");
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".RELS":
                var relationships = new Relationships(path, findings, at, () => throw ZipStopException.Macro(OfficeKinds.MacroOf(kind), at));
                OfficeXml.Read(content, relationships.See, at);
                break;
            case ".XML" or ".PSMDCP":
                ReadMarkup(content, at, mayBeMalformed: false);
                break;
            case ".VML":
                ReadMarkup(content, at, mayBeMalformed: true);
                break;
            default:
                JudgeBinary(member, content);
                break;
        }
    }

    private void ReadMarkup(EntryStream content, long at, bool mayBeMalformed)
    {
        var markup = new PartMarkup(findings, at);
        OfficeXml.Read(content, markup.See, at, mayBeMalformed);
        markup.Finish();
    }

    private void JudgeBinary(in Member member, EntryStream content)
    {
        var at = member.Entry.Offset;
        using var start = new PooledSpan(MemberStart.Length);
        var head = start.Span[..content.ReadAtLeast(start.Span, start.Span.Length, throwOnEndOfStream: false)];
        switch (MemberStart.KindOf(head))
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
            case MemberKind.Ordinary when IsMarkup(head):
                using (var again = member.Open())
                    ReadMarkup(again, at, mayBeMalformed: true);
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
