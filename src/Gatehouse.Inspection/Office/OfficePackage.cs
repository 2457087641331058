using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Signatures;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// What a package is (ECMA-376 part 2, 6.5.3 and part 1, 8.3): the type of the part to which <c>_rels/.rels</c> leads as the office document. The one part
/// of that kind: two would be read differently by different programs.
/// </summary>
internal sealed record OfficePackage(NamedType Kind, ContentTypes Types)
{
    private const string RootRelations = "_rels/.rels";

    public static OfficePackage Read(Archive archive, in ZipEntry typesEntry, ZipFindings findings)
    {
        if (typesEntry.IsEncrypted)
            throw ZipStops.Structure(typesEntry.Offset, "its list of types is encrypted");
        using var typesPart = archive.Open(typesEntry);
        var types = ContentTypes.Read(typesPart, findings, typesEntry.Offset);
        var kind = MainKind(archive, types);
        if (OfficeKinds.IsMacro(kind.Mime))
            throw ZipStopException.Macro(kind, typesEntry.Offset);
        if (types.HasMacro)
            throw ZipStopException.Macro(OfficeKinds.MacroOf(kind), typesEntry.Offset);
        return new OfficePackage(kind, types);
    }

    private static NamedType MainKind(Archive archive, ContentTypes types)
    {
        if (archive.Directory.Find(RootRelations) is not { IsEncrypted: false } relations)
            throw ZipStops.Structure(0, "the part that leads to its content is missing");
        NamedType? kind = null;
        using var part = archive.Open(relations);
        OfficeXml.Read(part, node => kind = Main(node, kind, archive, types, relations.Offset), relations.Offset);
        return kind is null && types.HasMain ? throw ZipStops.Structure(relations.Offset, "nothing leads to its main part") : kind ?? OfficeKinds.OtherPackage;
    }

    /// <param name="kind">What has been found before.</param>
    private static NamedType? Main(MarkupReader node, NamedType? kind, Archive archive, ContentTypes types, long offset)
    {
        var isMain = node.Kind is MarkupKind.Element && node.Name is "Relationship" && node.Attributes.TryGet("Type", out var type)
            && Relationships.Kind(type).Equals("officeDocument", StringComparison.OrdinalIgnoreCase);
        if (!isMain)
            return kind;
        node.Attributes.TryGet("Target", out var target);
        if (kind is not null || target.Length > ZipLimits.NameLength || PartName.IsAmbiguous(target.ToString()) || archive.Directory.Find(target) is null)
            throw ZipStops.Structure(offset, "its main part is missing, or there are two");
        return types.KindOf(target) ?? OfficeKinds.OtherPackage;
    }
}
