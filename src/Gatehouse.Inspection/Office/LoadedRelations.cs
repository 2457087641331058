using System.IO.Hashing;
using System.Runtime.InteropServices;
using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// The relationships of a part that its elements load, by their ids: pictures, templates, objects. Some programs follow the id whatever the type of the
/// relationship says, so none of these may be a link, which passes as it waits for a click.
/// </summary>
internal sealed class LoadedRelations(ZipFindings findings, long offset)
{
    private HashSet<ulong>? _ids;

    public bool IsEmpty => _ids is null;

    public void See(MarkupReader element, MarkupAttribute attribute)
    {
        if (!attribute.Vocabulary.Is(Vocabulary.Relation) || !(attribute.Name is "link" || Loads(element.Name)))
            return;
        _ids ??= [];
        _ids.Add(Digest(attribute.Value));
        // No more parts than an archive can hold.
        if (_ids.Count > ZipLimits.Entries)
            throw ZipStops.Structure(offset, "a part of it loads more than any program writes");
    }

    /// <summary>Reads the part's relationships once more, for what is among them.</summary>
    public void Judge(Archive archive, string part)
    {
        if (archive.Directory.Find(Relationships.PartOf(part)) is not { IsEncrypted: false } entry)
            return;
        using var relations = archive.Open(entry);
        OfficeXml.Read(relations, See, entry.Offset);
    }

    private void See(MarkupReader node)
    {
        if (node.Kind is not MarkupKind.Element || node.Name is not "Relationship")
            return;
        node.Attributes.TryGet("Id", out var id);
        node.Attributes.TryGet("Type", out var type);
        node.Attributes.TryGet("Target", out var target);
        if (_ids!.Contains(Digest(id)) && Relationships.Kind(type).Equals("hyperlink", StringComparison.OrdinalIgnoreCase) && !Targets.IsLocal(target))
            findings.Active(offset, "content that is loaded from elsewhere");
    }

    private static bool Loads(ReadOnlySpan<char> element) => element is
        "attachedTemplate" or "OLEObject" or "oleObject" or "sourceFileName" or "subDoc" or "altChunk" or "control" or "externalData" or "blip" or "imagedata"
        or "fill" or "stroke" or "videoFile" or "audioFile" or "quickTimeFile" or "wavAudioFile";

    private static ulong Digest(ReadOnlySpan<char> id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.Trim()));
}
