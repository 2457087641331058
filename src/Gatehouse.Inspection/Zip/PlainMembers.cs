using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// What a plain archive may hold: anything but programs, other archives and old Office files, told by content and by name. Its files are unpacked to
/// their end and their checksums hold; they are not inspected as files sent by themselves would be.
/// </summary>
internal sealed class PlainMembers(ZipFindings findings, NestedArchives nested) : IMemberRules
{
    public int CostOfReading => ZipLimits.CostOfBytes;

    public void Judge(in Member member, EntryStream content)
    {
        var at = member.Entry.Offset;
        if (ProgramNames.IsOne(member.Name))
            findings.Embedded(at, "a program");
        using var start = new MemberStart(content);
        if (Eicar.IsAt(start.Bytes))
            throw new ZipStopException(Reasons.Malware, at, "holds the EICAR anti-malware test string, so it is refused as malware would be.");
        switch (start.Kind)
        {
            case MemberKind.Program:
                findings.Embedded(at, "a program");
                break;
            case MemberKind.Compound:
                findings.Embedded(at, "an old or protected Office file, which cannot be looked into");
                break;
            case MemberKind.OtherArchive:
                findings.Embedded(at, "another archive");
                break;
            case MemberKind.Zip:
                nested.Judge(member);
                break;
            case MemberKind.Ordinary when TextDocuments.MayAct(member.Name, start.Bytes, content):
                findings.Embedded(at, "an Office document written as text, which cannot be looked into");
                break;
        }
    }
}
