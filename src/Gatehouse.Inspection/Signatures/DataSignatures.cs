using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>Databases, fonts, captures, mail stores and the rest.</summary>
internal static class DataSignatures
{
    private static readonly NamedType Sqlite = Data("application/vnd.sqlite3", "an SQLite database");
    private static readonly NamedType Access = Data("application/x-msaccess", "an Access database");
    private static readonly NamedType Capture = Data("application/vnd.tcpdump.pcap", "a network capture");
    private static readonly NamedType Font = Data("font/sfnt", "a font");
    private static readonly NamedType Woff = Data("font/woff2", "a web font");
    private static readonly NamedType MailStore = Data("application/vnd.ms-outlook-pst", "an Outlook data file (PST)");
    private static readonly NamedType OneNote = AsPdf("application/onenote", "a OneNote section");
    private static readonly NamedType WinMail = AsPdf("application/ms-tnef", "an Outlook attachment (winmail.dat)");
    private static readonly NamedType Plist = Data("application/x-bplist", "an Apple property list");
    private static readonly NamedType AppleFile =
        new("application/applefile", "Mac file with a wrapper", "This is a Mac file in an old wrapper (AppleSingle or AppleDouble). Send the file itself.");

    private static readonly NamedType Keys = Data("application/x-pkcs12", "a certificate or key file");
    private static readonly NamedType Hdf = Data("application/x-hdf5", "a scientific data file (HDF5)");
    private static readonly NamedType Dicom =
        new("application/dicom", "medical image (DICOM)", "This is a medical image (DICOM). Export it as JPEG or PDF and send that.");

    private static readonly NamedType Kindle = AsPdf("application/x-mobipocket-ebook", "a Kindle book");

    public static NamedType? Match(ReadOnlySpan<byte> p) => p[0] switch
    {
        (byte)'S' when At(p, 0, "SQLite format 3\0"u8) => Sqlite,
        0 when At(p, 1, [1, 0, 0, .. "Standard "u8]) => Access,
        0 when At(p, 1, [5, 0x16, 0]) || At(p, 1, [5, 0x16, 7]) => AppleFile,
        0 when At(p, 1, [1, 0, 0, 0]) && U8(p, 5) is > 0 and < 64 && p.Length > 12 => Font,
        0xD4 when At(p, 1, [0xC3, 0xB2, 0xA1]) => Capture,
        0xA1 when At(p, 1, [0xB2, 0xC3, 0xD4]) => Capture,
        0x0A when At(p, 1, [0x0D, 0x0D, 0x0A]) && At(p, 8, [0x4D, 0x3C, 0x2B, 0x1A]) => Capture,
        (byte)'O' when At(p, 0, "OTTO\0"u8) => Font,
        (byte)'t' when At(p, 0, "ttcf\0"u8) => Font,
        (byte)'w' when (At(p, 0, "wOFF"u8) || At(p, 0, "wOF2"u8)) && (At(p, 4, [0, 1, 0, 0]) || At(p, 4, "OTTO"u8)) => Woff,
        (byte)'!' when At(p, 0, "!BDN"u8) && At(p, 8, "SM"u8) => MailStore,
        0xE4 when At(p, 1, [0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D]) => OneNote,
        0x78 when At(p, 1, [0x9F, 0x3E, 0x22]) => WinMail,
        (byte)'b' when At(p, 0, "bplist00"u8) => Plist,
        0xFE when At(p, 1, [0xED, 0xFE, 0xED]) => Keys,
        0x89 when At(p, 1, "HDF\r\n\u001a\n"u8) => Hdf,
        _ when At(p, 128, "DICM"u8) && p[..128].IndexOfAnyExcept((byte)0) < 0 => Dicom,
        _ when At(p, 60, "BOOKMOBI"u8) && At(p, 76, [0]) => Kindle,
        _ => null,
    };

    private static NamedType Data(string mime, string name) =>
        new(mime, Bare(name), $"This is {name}. It cannot be sent here: send a picture, a PDF or a text instead.");

    private static NamedType AsPdf(string mime, string name) => new(mime, Bare(name), $"This is {name}. Save what it holds as PDF and send that.");

    private static string Bare(string name) => name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
