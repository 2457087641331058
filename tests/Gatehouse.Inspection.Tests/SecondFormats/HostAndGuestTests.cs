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

    [Theory]
    [MemberData(nameof(GuestNames))]
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
