using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Archives inside an archive. Only Office documents without macros pass, judged as if they had been sent by themselves; the workbook behind a chart in a
/// document is one. Any other archive is <see cref="Reasons.EmbeddedFile"/>.
/// </summary>
internal sealed class NestedArchives(ZipJudge judge, ZipFindings findings, int depth)
{
    public void Judge(in Member member)
    {
        var at = member.Entry.Offset;
        if (depth == ZipLimits.Depth)
        {
            findings.Embedded(at, "archives inside archives");
            return;
        }

        try
        {
            using var content = member.Content();
            if (!IsOffice(judge.Judge(content, IsOffice, depth + 1)))
                findings.Embedded(at, "another archive");
        }
        catch (ZipStopException stop)
        {
            throw stop.Inside(at);
        }
    }

    private static bool IsOffice(NamedType kind) => kind == ZipKinds.Word || kind == ZipKinds.Excel || kind == ZipKinds.PowerPoint;
}
