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
        using var start = new MemberStart(content);
        if (LinkFiles.IsOne(start.Bytes))
            throw ZipStops.PathEscape(at);
        if (ProgramNames.IsOne(ShownName.Of(member.Name)))
            findings.Embedded(at, "a program");
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
