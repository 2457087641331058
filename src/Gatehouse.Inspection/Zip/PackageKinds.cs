using System.Text;
using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Zip;

/// <summary>What only is packed as a ZIP and is told by an entry that every such file has: documents, books, maps, signed containers.</summary>
internal static class PackageKinds
{
    private const string TypeEntry = "mimetype";

    private static readonly NamedType Apple = AsPdf("application/vnd.apple.iwork", "a Pages, Numbers or Keynote document");
    private static readonly NamedType AppleBook = AsPdf("application/x-ibooks+zip", "a book of Apple Books");
    private static readonly NamedType InDesign = AsPdf("application/vnd.adobe.indesign-idml-package", "an InDesign document (IDML)");
    private static readonly NamedType Corel = AsPdf("application/vnd.corel-draw", "a CorelDRAW document");
    private static readonly NamedType Krita = AsPicture("application/x-krita", "a Krita picture");
    private static readonly NamedType OpenRaster = AsPicture("image/openraster", "an OpenRaster picture");
    private static readonly NamedType Map = AsPicture("application/vnd.google-earth.kmz", "a Google Earth file (KMZ)");
    private static readonly NamedType Book = AsPdf("application/epub+zip", "an e-book (EPUB)");
    private static readonly NamedType Signed = Unpacked("application/vnd.etsi.asic-e+zip", "a signed container (ASiC)");
    private static readonly NamedType Translation = Unpacked("application/x-xliff+zip", "a translation package (XLZ)");
    private static readonly NamedType Other = Unpacked("application/x-zip-package", "a package of a kind that is not known here");

    /// <summary>How the stored type begins.</summary>
    private static readonly (string Type, NamedType Kind)[] ByType =
    [
        ("application/x-ibooks+zip", AppleBook), ("application/vnd.adobe.indesign-idml-package", InDesign), ("application/x-vnd.corel.", Corel),
        ("application/x-krita", Krita), ("image/openraster", OpenRaster), ("application/vnd.etsi.asic-", Signed),
    ];

    private static readonly (UInt128 Entry, NamedType Kind)[] ByEntry =
    [
        (EntryName.Key("index.apxl"), Apple), (EntryName.Key("doc.kml"), Map), (EntryName.Key("designmap.xml"), InDesign), (EntryName.Key("content.xlf"), Translation),
        (EntryName.Key("META-INF/container.xml"), Book), (EntryName.Key("META-INF/signatures.xml"), Signed),
        (EntryName.Key("META-INF/signatures001.xml"), Signed), (EntryName.Key("META-INF/ASiCManifest.xml"), Signed),
    ];

    /// <summary>Pages and Numbers wrote so until 2013, a name that others use too.</summary>
    private static readonly UInt128 AppleIndex = EntryName.Key("index.xml");

    /// <summary>By an entry of its own (OpenDocument 1.3 part 2, 3.3; EPUB 3.3, 4.3.3; ETSI EN 319 162-1, A.1).</summary>
    public static NamedType? Declared(Archive archive)
    {
        if (archive.Directory.Find(TypeEntry) is not { IsEncrypted: false } entry)
            return null;
        Span<byte> declared = stackalloc byte[128];
        declared = Head(archive, entry, declared);
        if (ZipKinds.ByMimeType(declared) is var kind && kind != ZipKinds.Zip)
            return kind;
        foreach (var (type, ofType) in ByType)
        {
            if (declared.Length >= type.Length && Ascii.Equals(declared[..type.Length], type))
                return ofType;
        }

        return null;
    }

    /// <summary>By an entry that nothing else has. Where the first one states a type and is stored, the archive is a package, of whatever type.</summary>
    public static NamedType? Told(Archive archive)
    {
        Span<byte> head = stackalloc byte[1024];
        foreach (var entry in archive.Directory.Entries)
        {
            foreach (var (key, kind) in ByEntry)
            {
                if (entry.Key == key)
                    return kind;
            }

            if (entry.Key == AppleIndex && !entry.IsEncrypted && Head(archive, entry, head).IndexOf("\"http://developer.apple.com/namespaces/"u8) >= 0)
                return Apple;
        }

        return archive.Directory.Find(TypeEntry) is { Offset: 0, Method: ZipEntry.Stored } ? Other : null;
    }

    private static Span<byte> Head(Archive archive, in ZipEntry entry, Span<byte> into)
    {
        using var stream = archive.Open(entry);
        return into[..stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false)];
    }

    private static NamedType AsPdf(string mime, string name) => new(mime, Bare(name), $"This is {name}. Save it as PDF and send that.");

    private static NamedType AsPicture(string mime, string name) => new(mime, Bare(name), $"This is {name}. Send a picture of it.");

    private static NamedType Unpacked(string mime, string name) => new(mime, Bare(name), $"This is {name}. Send the pictures, PDF or text files that are in it.");

    private static string Bare(string name) => name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
