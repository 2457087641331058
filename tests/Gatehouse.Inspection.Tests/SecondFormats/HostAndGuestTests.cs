using Gatehouse.Inspection.Tests.Compression;
using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Heic;
using Gatehouse.Inspection.Tests.Jpeg;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Mp4;
using Gatehouse.Inspection.Tests.Pdf;
using Gatehouse.Inspection.Tests.Png;
using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;
using static Gatehouse.Inspection.Tests.Webp.WebpBuilder;

namespace Gatehouse.Inspection.Tests.SecondFormats;

public sealed class HostAndGuestTests
{
    /// <summary>Behind something harmless, so that no guest is found only at a place's first byte.</summary>
    private static readonly byte[] Padding = [.. Enumerable.Repeat((byte)'x', 600)];

    private static readonly Dictionary<string, Func<byte[], byte[]>> Hosts = new(StringComparer.Ordinal)
    {
        ["png text"] = guest => (new PngBuilder { Before = [PngBuilder.Chunk("tEXt", [.. "Comment\0"u8, .. Padding, .. guest])] }).Build(),
        ["png compressed text"] = guest => (new PngBuilder { Before = [PngBuilder.Chunk("zTXt", [.. "Comment\0\0"u8, .. Deflated.Zlib([.. Padding, .. guest], DeflateKind.Dynamic)])] }).Build(),
        ["png profile"] = guest => (new PngBuilder { Before = [PngBuilder.Chunk("iCCP", [.. "icc\0\0"u8, .. Deflated.Zlib([.. Padding, .. guest], DeflateKind.Dynamic)])] }).Build(),
        ["png exif"] = guest => (new PngBuilder { Before = [PngBuilder.Chunk("eXIf", [.. "II*\0"u8, .. Padding, .. guest])] }).Build(),
        ["png unknown chunk"] = guest => (new PngBuilder { Before = [PngBuilder.Chunk("prVt", [.. Padding, .. guest])] }).Build(),
        ["png long unknown chunk"] = guest => (new PngBuilder { Before = [PngBuilder.Chunk("prVt", [.. new byte[(128 * 1024) - 20], .. guest, .. new byte[200_000]])] }).Build(),
        ["png chunk behind the pixels"] = guest => (new PngBuilder { After = [PngBuilder.Chunk("prVt", [.. Padding, .. guest])] }).Build(),
        ["jpeg comment"] = guest => (new JpegBuilder { Segments = [JpegBuilder.Comment([.. Padding, .. guest])] }).Build(),
        ["jpeg unknown segment"] = guest => (new JpegBuilder { Segments = [JpegBuilder.App(5, [.. Padding, .. guest])] }).Build(),
        ["jpeg exif"] = guest => (new JpegBuilder { Segments = [JpegBuilder.App(1, [.. "Exif\0\0II*\0"u8, .. Padding, .. guest])] }).Build(),
        ["gif comment"] = guest => (new GifBuilder { Before = [GifBuilder.Comment([.. Padding, .. guest])] }).Build(),
        ["gif unknown application"] = guest => (new GifBuilder { Before = [GifBuilder.Application("UNKNOWN1234", [.. Padding, .. guest])] }).Build(),
        ["gif profile"] = guest => (new GifBuilder { Before = [GifBuilder.Application("ICCRGBG1012", [.. Padding, .. guest])] }).Build(),
        ["webp unknown chunk"] = guest => Riff(Canvas(), Chunk("mine", [.. Padding, .. guest]), Lossy()),
        ["webp behind the pixels"] = guest => Riff(Canvas(), Chunk("VP8 ", [.. Lossy()[8..], .. Padding, .. guest])),
        ["webp transparency"] = guest => Extended(20, 15, Chunk("ALPH", [0, .. Padding, .. guest]), Lossy()),
        ["webp profile"] = guest => Extended(20, 15, Chunk("ICCP", [.. Padding, .. guest]), Lossy()),
        ["webp exif"] = guest => Extended(20, 15, Lossy(), Chunk("EXIF", [.. "II*\0"u8, .. Padding, .. guest])),
        ["mp4 padding"] = guest => (new Mp4Builder { AtEnd = Box("free", Padding, guest) }).Build(),
        ["mp4 media data"] = guest => (new Mp4Builder { Media = data => Box("mdat", data, Padding, guest), IsDescriptionFirst = true }).Build(),
        ["mp4 unknown box"] = guest => (new Mp4Builder { InTrack = Box("what", Padding, guest) }).Build(),
        ["mp4 user data"] = guest => (new Mp4Builder { InMovie = Box("udta", Box("\u00A9nam", Padding, guest)) }).Build(),
        ["heic exif"] = guest => (new HeicBuilder { ExifData = [0, 0, 0, 0, .. "II*\0"u8, .. Padding, .. guest] }).Build(),
        ["heic property"] = guest => (new HeicBuilder { InProperties = Box("colr", Ascii("prof"), Padding, guest) }).Build(),
        ["heic media data"] = guest => (new HeicBuilder { AtEnd = Box("mdat", Padding, guest) }).Build(),
        ["heic vendor's data"] = guest => (new HeicBuilder { AtEnd = Box("sefd", Padding, guest) }).Build(),
        ["png pixels"] = guest => Pixels([.. Padding, .. guest]),
        ["jpeg pixels"] = guest => (new JpegBuilder { Scan = [.. Padding, .. guest.SelectMany(b => b == 0xFF ? (byte[])[b, 0] : [b])] }).Build(),
        ["jpeg video"] = guest => Motion([.. Padding, .. guest]),
        ["webp pixels"] = guest => Riff(Chunk("VP8 ", [.. Lossy()[8..], .. Padding, .. guest])),
        ["jpeg profile"] = guest => (new JpegBuilder { Segments = [JpegBuilder.App(2, [.. "ICC_PROFILE\0\x01\x01"u8, .. Padding, .. guest])] }).Build(),
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var host in Hosts.Keys)
        {
            foreach (var guest in Guests.All.Keys)
                pairs.Add(host, guest);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_guest_in_a_host_is_a_second_format_however_the_file_is_cut(string host, string guest)
    {
        var file = Hosts[host](Guests.All[guest]);

        Judge.Refuses(file, Reasons.SecondFormat, Judge.EveryType);
        Assert.Equal(Reasons.SecondFormat, Assert.IsType<Verdict.Refuse>(Judge.InPieces(file, [1, 7, 4096], policy: Judge.EveryType)).Reason);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_guest_without_its_signature_is_none(string host, string guest)
    {
        var harmless = Guests.All[guest].Select(b => (byte)(b ^ 0x80)).ToArray();

        Judge.Accepts(Hosts[host](harmless), policy: Judge.EveryType);
    }

    public static TheoryData<string> GuestNames() => [.. Guests.All.Keys];

    public static TheoryData<string> GuestsOfPdfs() => [.. Guests.All.Keys.Where(k => k is not Guests.ZipWithoutDirectory)];

    [Fact]
    public void In_a_PDF_entries_of_a_ZIP_are_an_attachments()
    {
        byte[] commented = [.. "%PDF-1.7\n%"u8, .. Guests.All[Guests.ZipWithoutDirectory].Where(b => b is not ((byte)'\n' or (byte)'\r')), (byte)'\n', .. PdfBuilder.With("null")[9..]];

        Judge.Accepts(commented);
    }

    [Theory]
    [MemberData(nameof(GuestsOfPdfs))]
    public void A_guest_in_a_PDFs_comment_or_behind_its_end_is_refused(string guest)
    {
        var bytes = Guests.All[guest];
        byte[] commented = [.. "%PDF-1.7\n%"u8, .. Padding, .. bytes, (byte)'\n', .. PdfBuilder.With("null")[9..]];
        byte[] appended = [.. PdfBuilder.With("null"), .. bytes];

        // A PDF within a PDF is objects like the others, and the file is damaged by them.
        Assert.Contains(Assert.IsType<Verdict.Refuse>(Judge.Whole(commented)).Reason, guest is "pdf" ? [Reasons.BadStructure] : (string[])[Reasons.SecondFormat]);
        Assert.Contains(Assert.IsType<Verdict.Refuse>(Judge.Whole(appended)).Reason, guest is "pdf" ? [Reasons.BadStructure] : (string[])[Reasons.TrailingData, Reasons.SecondFormat]);
    }

    [Theory]
    [MemberData(nameof(GuestNames))]
    public void A_guest_behind_a_text_is_refused(string guest)
    {
        byte[] text = [.. "Dear Sir or Madam,\n"u8, .. Padding, .. Guests.All[guest]];

        Assert.Contains(Assert.IsType<Verdict.Refuse>(Judge.Whole(text)).Reason, (string[])[Reasons.SecondFormat, Reasons.BinaryAsText]);
    }

    public static TheoryData<string> PdfSpellings() =>
    [
        "%PDF-1.4\n1\n0\nobj", "%PDF-1.4\n1\t0\tobj", "%PDF-1.4\r1\r0\robj", "%PDF-1.4\n1\f0\fobj", "%PDF-1.4\n1  0  obj", "%PDF-1.4\n1%c\n0%c\nobj", "%PDF-1.4\n1 0obj",
        "%PDF-\n1 0 obj", "%PDF-x.y\n1 0 obj", "%!PS-Adobe-3.0 PDF-1.4\n1 0 obj", "%PDF-1.\nobj<<>>", "%PDF-1.\nobj <<>>", "%PDF-1.\ntrailer\n<</Root", "%PDF-1.4\n(5 % ) 1 0 obj", "%PDF-1.4\n(5 % ) 1 0 %c\nobj",
    ];

    [Theory]
    [MemberData(nameof(PdfSpellings))]
    public void A_PDF_is_found_in_every_spelling_that_readers_take(string pdf)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(pdf + "\n<<");

        Assert.All(Hosts, host => Judge.Refuses(host.Value(bytes), Reasons.SecondFormat, Judge.EveryType));
        Judge.Refuses([.. "Dear Sir or Madam,\n"u8, .. bytes], Reasons.SecondFormat);
        Judge.Accepts([.. "Dear Sir or Madam,\n"u8, .. bytes[5..]]);
    }

    [Fact]
    public void A_PDF_is_found_whose_header_and_objects_stand_in_different_parts()
    {
        byte[] header = [.. "%PDF-1.4\n%"u8, .. Padding, .. new byte[8000]];
        var objects = "\n1 0 obj<</Type/Catalog>>endobj"u8.ToArray();

        Judge.Refuses((new JpegBuilder { Segments = [JpegBuilder.Comment(header), JpegBuilder.Comment(objects)] }).Build(), Reasons.SecondFormat);
        Judge.Refuses((new JpegBuilder { Segments = [JpegBuilder.Comment(header)], Scan = objects }).Build(), Reasons.SecondFormat);
        Judge.Refuses((new PngBuilder { Before = [PngBuilder.Chunk("prVt", header)], After = [PngBuilder.Chunk("prVt", objects)] }).Build(), Reasons.SecondFormat);
        Judge.Refuses((new GifBuilder { Before = [GifBuilder.Comment(header), GifBuilder.Comment(objects)] }).Build(), Reasons.SecondFormat, Judge.EveryType);
        Judge.Refuses(Extended(20, 15, Lossy(), Chunk("mine", header), Chunk("mine", objects)), Reasons.SecondFormat, Judge.EveryType);
        Judge.Refuses((new Mp4Builder { AtEnd = Box("free", header, Box("free", objects)) }).Build(), Reasons.SecondFormat, Judge.EveryType);
    }

    /// <summary>Entries here, in all, the directory's size and its offset.</summary>
    public static TheoryData<int, byte[]> Lies() => new()
    {
        { 8, [99, 0] }, { 8, [0, 0] }, { 8, [0, 0, 0, 0] }, { 8, [0x60, 0xEA, 0x60, 0xEA] }, { 8, [0xFF, 0xFF, 0xFF, 0xFF] }, { 16, [0xFF, 0xFF, 0xFF, 0xFF] }, { 12, [0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_ZIP_whose_end_lies_is_one(int field, byte[] value)
    {
        var zip = Guests.ZipWith(field, value);

        Judge.Refuses((new JpegBuilder { Segments = [JpegBuilder.Comment([.. Padding, .. zip])] }).Build(), Reasons.SecondFormat);
        Judge.Refuses(Pixels([.. Padding, .. zip]), Reasons.SecondFormat);
        Judge.Refuses((new PngBuilder { After = [PngBuilder.Chunk("prVt", [.. Padding, .. zip])] }).Build(), Reasons.SecondFormat);
    }

    [Fact]
    public void An_end_of_a_ZIP_without_a_directory_is_none()
    {
        byte[] end = [.. "PK\x05\x06"u8, .. new byte[18]];

        Judge.Accepts((new JpegBuilder { Segments = [JpegBuilder.Comment([.. Padding, .. end])] }).Build());
        Judge.Accepts(Pixels([.. Padding, .. end, .. end]));
    }

    [Theory]
    [InlineData(8, "evil.js", 7, true)]
    [InlineData(0, "a", 1, true)]
    [InlineData(99, "übel.js", 8, true)]
    [InlineData(8, "evil.js\0\0", 9, true)]
    [InlineData(8, "evil.js", 0, false)]
    [InlineData(8, "ev\u0001l.js", 7, false)]
    [InlineData(8, "ev\0l.js", 7, false)]
    [InlineData(21, "evil.js", 7, false)]
    [InlineData(0x4008, "evil.js", 7, false)]
    public void A_ZIP_is_known_by_an_entry_with_a_method_and_a_name(int method, string name, int nameLength, bool isOne)
    {
        var entry = Guests.ZipEntry((ushort)method, name, nameLength);

        foreach (var host in (string[])["png pixels", "jpeg comment", "png long unknown chunk", "mp4 media data"])
        {
            if (isOne)
                Judge.Refuses(Hosts[host](entry), Reasons.SecondFormat, Judge.EveryType);
            else
                Judge.Accepts(Hosts[host](entry), policy: Judge.EveryType);
        }
    }

    [Theory]
    [InlineData(0x014C, 0x010B, true)]
    [InlineData(0xAA64, 0x020B, true)]
    [InlineData(0x0166, 0x010B, false)]
    [InlineData(0x014C, 0x0107, false)]
    public void A_program_is_known_by_its_own_header_wherever_its_beginning_stands(int machine, int magic, bool isOne)
    {
        byte[] program = [.. "MZ"u8, .. new byte[58], 0, 0, 3, 0, .. new byte[0x30000 - 64], .. Guests.ProgramHeader((ushort)machine, (ushort)magic)];
        var png = (new PngBuilder { Before = [PngBuilder.Chunk("prVt", program)] }).Build();

        if (isOne)
            Judge.Refuses(png, Reasons.SecondFormat);
        else
            Judge.Accepts(png);
    }

    [Theory]
    [InlineData(true, "ustar\0", "\0 ")]
    [InlineData(false, "ustar\0", "\0x")]
    [InlineData(false, "ustar  \0", " \0")]
    public void A_tar_is_found_with_every_checksum_that_readers_take(bool isSigned, string magic, string behind)
    {
        var tar = Guests.TarWith(isSigned, magic, behind);

        Assert.All(Hosts, host => Judge.Refuses(host.Value(tar), Reasons.SecondFormat, Judge.EveryType));
    }

    [Fact]
    public void A_tar_of_before_POSIX_is_known_by_its_numbers()
    {
        byte[] Picture(byte[] tar)
        {
            // A comment from which the header goes on; its checksum covers the picture's first bytes.
            byte[] start = [.. JpegBuilder.Start, 0xFF, 0xFE, 0x04, 0x00];
            start.CopyTo(tar, 0);
            tar.AsSpan(148, 8).Fill((byte)' ');
            System.Text.Encoding.ASCII.GetBytes(Convert.ToString(tar.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
            return [.. tar, .. new byte[516], .. new JpegBuilder().Build()[2..]];
        }

        var tar = Guests.TarWith(isSigned: false, magic: "");
        Judge.Refuses(Picture(tar), Reasons.SecondFormat);

        tar[130] = (byte)'x';
        Judge.Accepts(Picture(tar));
    }

    /// <summary>Nothing in them can be told from noise but what is too long for it.</summary>
    [Fact]
    public void PHP_with_a_blank_is_found_anywhere_and_shorter_codes_are_pixels()
    {
        var place = new Dictionary<string, Func<byte[], byte[]>>(Hosts.Where(h => h.Key is "png pixels" or "jpeg pixels" or "jpeg video" or "webp pixels" or "mp4 media data" or "heic media data"), StringComparer.Ordinal);

        Assert.All(place.Values, host => Judge.Refuses(host("<?PhP\nsystem(1);"u8.ToArray()), Reasons.ScriptInMetadata, Judge.EveryType));
        Assert.All(place.Values, host => Judge.Accepts(host("<?phq <?php_ <?=`x`?> <script>"u8.ToArray()), policy: Judge.EveryType));
    }

    [Fact]
    public void Noise_is_no_second_format()
    {
        var random = new Random(7);
        var noise = new byte[4_000_000];
        random.NextBytes(noise);

        Judge.Accepts(Pixels(noise));
        Judge.Accepts((new JpegBuilder { Scan = [.. noise.Select(b => b == 0xFF ? (byte)0xFE : b)] }).Build());
    }

    private static byte[] Pixels(byte[] row)
    {
        var picture = new PngBuilder { Colour = 0, Width = Math.Min(row.Length, 30_000), Height = (row.Length + 29_999) / 30_000, DataChunk = int.MaxValue };
        var rows = picture.Rows();
        for (var (at, to) = (0, 1); at < row.Length; at += picture.Width, to += picture.Width + 1)
            row.AsSpan(at, Math.Min(picture.Width, row.Length - at)).CopyTo(rows.AsSpan(to));
        return picture.Build(picture.Data(Deflated.Zlib(rows, DeflateKind.Stored)));
    }

    private static byte[] Motion(byte[] media)
    {
        byte[] video = [.. Box("ftyp", Ascii("isom"), Word(0)), .. Box("moov", new byte[40]), .. Box("mdat", media)];
        return (new JpegBuilder { Segments = [JpegBuilder.Xmp($"GCamera:MicroVideoOffset='{video.Length}'")], Tail = video }).Build();
    }

    [Fact]
    public void An_archive_made_of_pixels_is_found_at_the_files_end()
    {
        var zip = Guests.All["zip"];
        var wide = new PngBuilder { Colour = 0, Width = zip.Length, Height = 2 };
        var rows = wide.Rows();
        zip.CopyTo(rows, rows.Length - zip.Length);

        Judge.Refuses(wide.Build(wide.Data(Deflated.Zlib(rows, DeflateKind.Stored))), Reasons.SecondFormat);
    }

    [Fact]
    public void A_disc_images_descriptor_at_its_place_is_found_in_pixels()
    {
        var wide = new PngBuilder { Colour = 0, Width = 20_000, Height = 3, DataChunk = 100_000 };
        var rows = wide.Rows();
        const int RowsOffset = 8 + 25 + 8 + 2 + 5;
        Guests.All["iso"].CopyTo(rows, 0x8000 - RowsOffset);

        Judge.Refuses(wide.Build(wide.Data(Deflated.Zlib(rows, DeflateKind.Stored))), Reasons.SecondFormat);
    }

    [Fact]
    public void Words_that_only_look_like_signatures_are_honest()
    {
        byte[] prose = [.. "BMW, MZ and PK... 7z and Rar! are names; %PDF- files and %PDF-1.4 do not open; ustar; CD001; ELF"u8];

        Assert.All(Hosts.Where(h => !h.Key.Contains("exif", StringComparison.Ordinal)), host => Judge.Accepts(host.Value(prose), policy: Judge.EveryType));
    }
}
