using Gatehouse.Inspection.Office;
using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Zip;

/// <summary>Says what an archive is, and ends with a <see cref="ZipStopException"/> if it may not be let in.</summary>
internal sealed class ZipJudge(ZipFindings findings, ZipWork work)
{
    /// <param name="isWanted">Another kind is named without a look at its entries.</param>
    /// <param name="depth">0 for the file itself, 1 for an archive in it.</param>
    public NamedType Judge(IFileContent file, Func<NamedType, bool> isWanted, int depth)
    {
        using var source = new ZipSource(file);
        var end = ArchiveEnd.Read(source);
        var directory = CentralDirectory.Read(source, end, findings, work.CancellationToken);
        var archive = new Archive(source, directory, end.DirectoryOffset, findings, work);
        var nested = new NestedArchives(this, findings, depth);
        if ((PackageKinds.Declared(archive) ?? directory.Foreign) is { } foreign)
            return foreign;
        if (directory.Find(ContentTypes.PartName) is { } types)
        {
            var package = OfficePackage.Read(archive, types, findings);
            if (isWanted(package.Kind))
            {
                var parts = new OfficeParts(package, findings, nested);
                archive.Walk(parts);
                parts.Finish(archive);
            }

            return package.Kind;
        }

        if (PackageKinds.Told(archive) is { } told)
            return told;
        if (isWanted(ZipKinds.Zip))
            archive.Walk(new PlainMembers(findings, nested));
        return ZipKinds.Zip;
    }
}
