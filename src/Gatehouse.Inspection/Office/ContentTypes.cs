using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Signatures;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// <c>[Content_Types].xml</c> (ECMA-376 part 2, 7.2.3): which type each part has, by its name or by its extension. Kept are main parts, charts, and
/// extensions of parts that act; the others are judged as they are read.
/// </summary>
internal sealed class ContentTypes(ZipFindings findings, long offset)
{
    public const string PartName = "[Content_Types].xml";

    /// <summary>One main part, and one extension of macros; some writers list a few by mistake.</summary>
    private const int MostKept = 16;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> XmlExtensions =
        new HashSet<string>(["xml", "rels", "vml", "psmdcp"], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<UInt128, NamedType> _byName = [];
    private readonly Dictionary<string, NamedType> _byExtension = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _acting = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<UInt128> _named = [];
    private readonly HashSet<UInt128> _charts = [];

    /// <summary>A part has a type that only macros have.</summary>
    public bool HasMacro { get; private set; }

    /// <summary>Some part could be a document's main one.</summary>
    public bool HasMain => _byName.Count + _byExtension.Count > 0;

    public static ContentTypes Read(EntryStream part, ZipFindings findings, long offset)
    {
        var types = new ContentTypes(findings, offset);
        OfficeXml.Read(part, types.See, offset);
        return types;
    }

    /// <summary>What the package is if this is its main part.</summary>
    public NamedType? KindOf(ReadOnlySpan<char> part)
    {
        var key = EntryName.Key(part);
        if (_byName.TryGetValue(key, out var kind))
            return kind;
        return !_named.Contains(key) && _byExtension.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Extension(part), out kind) ? kind : null;
    }

    public bool IsChart(string part) => _charts.Contains(EntryName.Key(part));

    /// <summary>The type that a part has by its extension alone, where that is one of those which act.</summary>
    public string? ActingTypeOf(string part) =>
        _acting.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Extension(part), out var type) && !_named.Contains(EntryName.Key(part)) ? type : null;

    private static ReadOnlySpan<char> Extension(ReadOnlySpan<char> part) => Path.GetExtension(part).TrimStart('.');

    private void See(MarkupReader node)
    {
        if (node.Kind is not MarkupKind.Element || !node.Attributes.TryGet("ContentType", out var type))
            return;
        if (node.Name is "Override" && node.Attributes.TryGet("PartName", out var part))
            AddPart(part, type);
        else if (node.Name is "Default" && node.Attributes.TryGet("Extension", out var extension))
            AddExtension(extension, type);
    }

    private void AddPart(ReadOnlySpan<char> part, ReadOnlySpan<char> type)
    {
        if (part.Length > ZipLimits.NameLength)
            throw ZipStops.Structure(offset, "its list of types names a part that no archive can hold");
        var key = EntryName.Key(part);
        if (!_named.Add(key) || _named.Count > ZipLimits.Entries)
            throw ZipStops.Structure(offset, "its list of types has a part twice, or too many");
        ActingTypes.Judge(type, findings, offset, () => HasMacro = true);
        if (OfficeKinds.IsChart(type))
            _charts.Add(key);
        if (OfficeKinds.ByMainType(type) is { } kind)
            _byName.Add(key, kind);
        CheckIsRead(Extension(part), type);
        Bound(_byName.Count);
    }

    private void AddExtension(ReadOnlySpan<char> extension, ReadOnlySpan<char> type)
    {
        if (OfficeKinds.ByMainType(type) is { } kind && !_byExtension.TryAdd(extension.ToString(), kind))
            throw ZipStops.Structure(offset, "its list of types has an extension twice");
        // Judged when there is such a part: some writers list extensions for all that they could write.
        if (ActingTypes.IsOne(type))
            _acting.TryAdd(extension.ToString(), type.ToString());
        CheckIsRead(extension, type);
        Bound(_byExtension.Count + _acting.Count);
    }

    /// <summary>Markup of Office's own under an extension where nobody looks for it would not be read here.</summary>
    private void CheckIsRead(ReadOnlySpan<char> extension, ReadOnlySpan<char> type)
    {
        var isMarkup = type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase) && type.StartsWith("application/vnd.", StringComparison.OrdinalIgnoreCase);
        if (isMarkup && !XmlExtensions.Contains(extension))
            throw ZipStops.Structure(offset, "a part of it has the wrong extension");
    }

    private void Bound(int kept)
    {
        if (kept > MostKept)
            throw ZipStops.Structure(offset, "its list of types names too many main parts or macros");
    }
}
