using System.Text;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>What is packed as a ZIP: told apart by the names of its first entries (APPNOTE.TXT 4.3.7), and by the stored "mimetype" of ODF and EPUB.</summary>
internal static class ZipKinds
{
    /// <summary>Office writers put the part that tells within the first dozen.</summary>
    private const int MaxEntries = 64;

    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    public static readonly NamedType Zip =
        new("application/zip", "ZIP archive", "This is a ZIP archive. Unpack it and send the pictures, PDF or text files that are in it.");

    public static readonly NamedType Word = AsPdf(OpenXml + "wordprocessingml.document", "Word document (DOCX)");
    public static readonly NamedType Excel = AsPdf(OpenXml + "spreadsheetml.sheet", "Excel workbook (XLSX)");
    public static readonly NamedType PowerPoint = AsPdf(OpenXml + "presentationml.presentation", "PowerPoint presentation (PPTX)");
    public static readonly NamedType WordMacro = AsPdf("application/vnd.ms-word.document.macroEnabled.12", "Word document with macros (DOCM)");
    public static readonly NamedType ExcelMacro = AsPdf("application/vnd.ms-excel.sheet.macroEnabled.12", "Excel workbook with macros (XLSM)");
    public static readonly NamedType PowerPointMacro =
        AsPdf("application/vnd.ms-powerpoint.presentation.macroEnabled.12", "PowerPoint presentation with macros (PPTM)");

    private static readonly NamedType OpenText = AsPdf(OpenDocument + "text", "OpenDocument text (ODT)");
    private static readonly NamedType OpenSheet = AsPdf(OpenDocument + "spreadsheet", "OpenDocument spreadsheet (ODS)");
    private static readonly NamedType OpenSlides = AsPdf(OpenDocument + "presentation", "OpenDocument presentation (ODP)");
    private static readonly NamedType OpenOther = AsPdf(OpenDocument + "graphics", "OpenDocument drawing (ODG)");
    private static readonly NamedType OpenDocumentOfAnyKind = AsPdf("application/vnd.oasis.opendocument", "OpenDocument file");
    private static readonly NamedType Epub = AsPdf("application/epub+zip", "e-book (EPUB)");
    private static readonly NamedType Pages = AsPdf("application/vnd.apple.iwork", "Pages, Numbers or Keynote document");
    private static readonly NamedType Jar = new("application/java-archive", "Java program (JAR)", "This is a Java program (JAR). Programs cannot be sent here.");
    private static readonly NamedType Apk =
        new("application/vnd.android.package-archive", "Android app (APK)", "This is an Android app (APK). Programs cannot be sent here.");

    public static NamedType? Match(ReadOnlySpan<byte> p)
    {
        if (At(p, 2, [5, 6]) && p.Length >= 22)
            return Zip;
        var at = At(p, 2, "\u0030\u0030PK"u8) ? 4 : 0;
        NamedType? kind = null;
        var macro = false;
        for (var entries = 0; entries < MaxEntries && IsLocalHeader(p, at); entries++)
        {
            kind ??= Zip;
            var nameLength = U16(p, at + 26);
            if (at + 30 + nameLength > p.Length)
                break;
            var name = p.Slice(at + 30, nameLength);
            var data = at + 30 + nameLength + U16(p, at + 28);
            if (name.SequenceEqual("mimetype"u8) && data < p.Length)
                return ByMimeType(p[data..]);
            macro |= name.EndsWith("vbaProject.bin"u8);
            var told = ByName(name);
            if (told is not null && kind == Zip)
                kind = told;
            var next = Next(p, at, data);
            if (next < 0)
                break;
            at = next;
        }

        return macro ? WithMacro(kind) : kind;
    }

    /// <summary>Version needed at most 6.3, a known compression method, and a name of sane length (an archive that hides another has none).</summary>
    private static bool IsLocalHeader(ReadOnlySpan<byte> p, int at) =>
        At(p, at, [(byte)'P', (byte)'K', 3, 4]) && U8(p, at + 4) <= 63 && U16(p, at + 8) <= 99 && U16(p, at + 26) <= 4096;

    /// <summary>By the stated size, or where a streaming writer left it out (bit 3), by the next header that makes sense.</summary>
    private static int Next(ReadOnlySpan<byte> p, int at, int data)
    {
        var size = U32(p, at + 18);
        if (data > p.Length || size > (uint)p.Length)
            return -1;
        if ((U16(p, at + 6) & 8) == 0 || size > 0)
            return data + (int)size;
        var found = p[data..].IndexOf("PK\u0003\u0004"u8);
        return found < 0 ? -1 : data + found;
    }

    private static NamedType? ByName(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("word/"u8))
            return Word;
        if (name.StartsWith("xl/"u8))
            return Excel;
        return name.StartsWith("ppt/"u8) ? PowerPoint : ForeignByName(name);
    }

    /// <summary>What an entry's name alone tells of an archive that is neither plain nor an Office document.</summary>
    public static NamedType? ForeignByName(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("AndroidManifest.xml"u8) || name.SequenceEqual("classes.dex"u8))
            return Apk;
        if (Ascii.EqualsIgnoreCase(name, "META-INF/MANIFEST.MF"u8))
            return Jar;
        if (Ascii.EqualsIgnoreCase(name, "META-INF/manifest.xml"u8))
            return OpenDocumentOfAnyKind;
        return name.StartsWith("Index/Document.iwa"u8) ? Pages : null;
    }

    public static NamedType ByMimeType(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("application/epub+zip"u8))
            return Epub;
        if (!data.StartsWith("application/vnd.oasis.opendocument."u8))
            return Zip;
        var kind = data[Encoding.ASCII.GetByteCount(OpenDocument)..];
        if (kind.StartsWith("text"u8))
            return OpenText;
        if (kind.StartsWith("spreadsheet"u8))
            return OpenSheet;
        return kind.StartsWith("presentation"u8) ? OpenSlides : OpenOther;
    }

    private static NamedType? WithMacro(NamedType? kind)
    {
        if (kind == Word)
            return WordMacro;
        if (kind == Excel)
            return ExcelMacro;
        return kind == PowerPoint ? PowerPointMacro : kind;
    }

    private static NamedType AsPdf(string mime, string name) =>
        new(mime, name, $"This is {(name[0] is 'E' or 'O' or 'e' ? "an" : "a")} {name}. Save it as PDF and send that.");
}
