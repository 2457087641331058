using System.Text;
using Gatehouse.Inspection.Tests.Compression;
using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Heic;
using Gatehouse.Inspection.Tests.Jpeg;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Mp4;
using Gatehouse.Inspection.Tests.Png;
using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;
using static Gatehouse.Inspection.Tests.Metadata.TiffBuilder;
using static Gatehouse.Inspection.Tests.Webp.WebpBuilder;

namespace Gatehouse.Inspection.Tests.Metadata;

/// <summary>Scripts that some reader sees and others do not: in values of odd types, under other names, in UTF-16, in what is written otherwise than programs write it.</summary>
public sealed class OtherReadingsTests
{
    private const string Script = "<r><t>&lt;script&gt;alert(1)&lt;/script&gt;</t></r>";
    private const string Packet = "<rdf:RDF><t>&lt;script&gt;alert(1)&lt;/script&gt;</t></rdf:RDF>";
    private const string XmpName = "http://ns.adobe.com/xap/1.0/\0";

    public static TheoryData<ushort> Types => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 129, 200];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_value_of_EXIF_is_looked_at_whatever_its_type_and_to_its_end(ushort type)
    {
        byte[] Padded(byte[] value) => [.. value, .. new byte[8 - (value.Length % 8)]];
        static byte[] Jpeg(params (ushort, ushort, byte[])[] entries) => OtherReadingsTests.Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. Tiff(entries)]));

        Judge.Refuses(Jpeg((0x010E, type, Padded("A photo of <svg >"u8.ToArray()))), Reasons.ScriptInMetadata);
        Judge.Refuses(Jpeg((0x9C9B, type, Padded(Encoding.Unicode.GetBytes("A photo of <svg >")))), Reasons.ScriptInMetadata);
        Judge.Refuses(Jpeg((0x02BC, type, Padded(Encoding.UTF8.GetBytes(Script)))), Reasons.ScriptInMetadata);
        Judge.Refuses(Jpeg((0x83BB, type, Padded([0x1C, 2, 120, 0, 6, .. "<svg >"u8]))), Reasons.ScriptInMetadata);
        Judge.Accepts(Jpeg((0x010E, type, Padded("A photo of us"u8.ToArray())), (0x02BC, type, Padded("<r><t>Anna</t></r>"u8.ToArray()))));
    }

    [Theory]
    [InlineData(0x0190, 4)]
    [InlineData(0x8290, 4)]
    [InlineData(0xFE00, 4)]
    [InlineData(0x888A, 4)]
    [InlineData(0x9999, 13)]
    public void Directories_behind_rare_tags_are_walked(int tag, int type)
    {
        byte[] tiff =
        [
            .. "II*\0"u8, 8, 0, 0, 0, 1, 0, .. Entry((ushort)tag, (ushort)type, 1, 26), 0, 0, 0, 0,
            1, 0, .. Entry(0x02BC, 1, (uint)Script.Length, 44), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Script),
        ];

        Judge.Refuses(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. tiff])), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void A_text_in_a_tag_that_leads_to_a_directory_is_looked_at()
    {
        Judge.Refuses(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. Tiff((0x014A, 2, [.. "<svg >"u8]))])), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void EXIF_is_EXIF_in_either_case_and_behind_a_few_bytes()
    {
        byte[] tiff = Tiff((0x02BC, 1, Encoding.ASCII.GetBytes(Script)));

        foreach (var name in (byte[][])[[.. "exif\0\0"u8], [.. "\u0001Exif\0\0"u8], [.. "Exif\0\0\0\0"u8]])
            Judge.Refuses(Jpeg(JpegBuilder.App(1, [.. name, .. tiff])), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void EXIF_in_several_segments_is_judged_as_one()
    {
        byte[] tiff = Tiff((0x02BC, 1, Encoding.ASCII.GetBytes(Script)));
        byte[] Part(Range range) => JpegBuilder.App(1, [.. "Exif\0\0"u8, .. tiff[range]]);

        Judge.Refuses(Jpeg(Part(..45), Part(45..)), Reasons.ScriptInMetadata);
        Judge.Accepts(Jpeg(Part(..20), Part(..20)));
        Judge.Refuses(Jpeg([.. Enumerable.Repeat(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. new byte[60_000]]), 40)]), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://ns.adobe.com/xap/1.0/")]
    [InlineData("http://ns.adobe.com/XAP/1.0/\0")]
    [InlineData("XMP\0://ns.adobe.com/xap/1.0/\0")]
    [InlineData("a maker's name\0\u0001")]
    public void XMP_is_XMP_under_any_name(string name)
    {
        foreach (var xmp in (string[])[Packet, $"<?xpacket begin=''?>{Script}<?xpacket end='w'?>", $"<x:xapmeta>{Script}</x:xapmeta>", $"{Packet} <RDF:rdf>"])
        {
            Judge.Refuses(Jpeg(JpegBuilder.App(1, Latin1(name + xmp))), Reasons.ScriptInMetadata);
            Judge.Refuses(Jpeg(JpegBuilder.App(12, Latin1(name + xmp + "\u0001\u0002<%"))), Reasons.ScriptInMetadata);
        }

        Judge.Accepts(Jpeg(JpegBuilder.App(12, Latin1(name + "\u0001<rdf:RDF><t>Anna &lt;3</t></rdf:RDF>\u0001<?=<%%>"))));
    }

    public static TheoryData<string, byte[]> PacketPlaces => new()
    {
        { "png chunk", Png("prVt", Latin1(Packet)) },
        { "png chunk of many windows", Png("prVt", Latin1($"<rdf:RDF><t>{new string('a', 500_000)}&lt;script&gt;alert(1)</t></rdf:RDF>")) },
        { "png chunk with two", Png("prVt", Latin1("<rdf:RDF/></rdf:RDF>" + new string('a', 97_000) + $"<rdf:RDF><t>{new string('a', 200_000)}&lt;script&gt;alert(1)</t></rdf:RDF>")) },
        { "png text", Png("tEXt", Latin1("XMP\0" + Packet)) },
        { "webp chunk", Riff(Canvas(), Chunk("_PMX", Latin1(Packet)), Lossy()) },
        { "gif application", new GifBuilder { Before = [GifBuilder.Application("UNKNOWN1234", Latin1(Packet))] }.Build() },
        { "gif comment", new GifBuilder { Before = [GifBuilder.Comment(Latin1(Packet))] }.Build() },
        { "mp4 XML", new Mp4Builder { InMovie = FullBox("meta", 0, 0, Handler("nrtm"), FullBox("xml ", 0, 0, Latin1(Script))) }.Build() },
        { "mp4 vendor's box", new Mp4Builder { InMovie = Box("uuid", new byte[16], Latin1(Packet)) }.Build() },
        { "mp4 known box", new Mp4Builder { AtEnd = Box("sidx", new byte[16], Latin1(Packet)) }.Build() },
        { "UTF-16", Jpeg(JpegBuilder.App(12, Encoding.BigEndianUnicode.GetBytes(Packet))) },
        { "UTF-16 in a chunk", Png("prVt", Encoding.Unicode.GetBytes(Packet)) },
    };

    [Theory]
    [MemberData(nameof(PacketPlaces))]
    public void XMP_in_bytes_of_somebodys_own_making_is_judged_as_XMP(string place, byte[] file)
    {
        Assert.NotEmpty(place);
        Judge.Refuses(file, Reasons.ScriptInMetadata, Judge.EveryType);
    }

    [Fact]
    public void Items_of_a_videos_description_are_judged_like_a_pictures()
    {
        byte[] With(string script) => new Mp4Builder
        {
            InMovie = FullBox("meta", 0, 0, Handler("pict"), FullBox("iinf", 0, 0, Half(1), HeicBuilder.Info(1, "mime", "application/rdf+xml\0")), Box("idat", Ascii(script)),
                FullBox("iloc", 1, 0, [0x44, 0], Half(1), Half(1), Half(1), Half(0), Half(1), Word(0), Word(script.Length))),
        }.Build();

        Judge.Accepts(With("<r><t>Anna</t></r>"), policy: Judge.EveryType);
        Judge.Refuses(With(Script), Reasons.ScriptInMetadata, Judge.EveryType);
    }

    [Fact]
    public void UTF16_is_looked_at_in_bytes_of_somebodys_own_making()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            foreach (var text in (string[])["<script>alert(1)</script>", "<?php system(1);", "<img src=x onerror=alert(1)>", "javascript:alert(1)"])
            {
                byte[] bytes = [0, 0, 0, 2, 0, 0, 0, 9, .. encoding.GetBytes(text), 1, 2, 3];
                Judge.Refuses(Jpeg(JpegBuilder.App(12, [.. "Ducky"u8, .. bytes])), Reasons.ScriptInMetadata);
                Judge.Refuses(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. Tiff((0x927C, 7, bytes))])), Reasons.ScriptInMetadata);
                Judge.Refuses(Png("prVt", bytes), Reasons.ScriptInMetadata);
                Judge.Refuses(new Mp4Builder { InMovie = Box("udta", Box("Xtra", bytes)) }.Build(), Reasons.ScriptInMetadata, Judge.EveryType);
            }
        }
    }

    [Fact]
    public void Values_that_lie_in_each_other_are_refused_before_what_they_hide_is_passed_over()
    {
        byte[] Exif(byte[] tiff) => Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. tiff]));
        byte[] Overlapping(int count) =>
        [
            .. "II*\0"u8, 8, 0, 0, 0, (byte)count, 0, .. Enumerable.Range(0, count).SelectMany(i => Entry((ushort)(0x10D + i), 2, 20_000, 14 + (12 * (uint)count))), 0, 0, 0, 0,
            .. Enumerable.Repeat((byte)'A', 20_000),
        ];

        Judge.Accepts(Exif(Overlapping(4)));
        Judge.Refuses(Exif(Overlapping(6)), Reasons.BadStructure);
        Judge.Refuses(Png("eXIf", Overlapping(6)), Reasons.BadStructure);
        Judge.Refuses(Jpeg(JpegBuilder.App(2, [.. "ICC_PROFILE\0\x01\x01"u8, .. Icc(6)])), Reasons.BadStructure);
        Judge.Accepts(Jpeg(JpegBuilder.App(2, [.. "ICC_PROFILE\0\x01\x01"u8, .. Icc(4)])));

        static byte[] Icc(uint tags) =>
        [
            .. new byte[128], .. BigEndian(tags), .. Enumerable.Range(0, (int)tags).SelectMany(_ => (byte[])[.. "cprt"u8, .. BigEndian(132 + (12 * tags)), .. BigEndian(20_000)]),
            .. "text\0\0\0\0"u8, .. Enumerable.Repeat((byte)'A', 20_000 - 8),
        ];
    }

    [Fact]
    public void GIFs_XMP_is_judged_as_it_stands_and_joined_whatever_its_tail()
    {
        // Its first letters are lengths to readers that do not know it: one of them is the "i" of the script.
        static byte[] Gif(string xmp, byte[] tail) => new GifBuilder { Before = [[0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. Encoding.ASCII.GetBytes(xmp), .. tail]] }.Build();
        byte[] usual = [1, .. Enumerable.Range(0, 256).Select(i => (byte)(255 - i)), 0];
        byte[] other = [2, .. usual[1..]];

        for (var shift = 0; shift < 120; shift++)
        {
            var text = new string('a', shift) + "&lt;script&gt;alert(1)";
            Judge.Refuses(Gif($"<r><t>{text}</t></r>", usual), Reasons.ScriptInMetadata, Judge.EveryType);
            Judge.Refuses(Gif($"<r><t>{text}</t></r>", other), Reasons.ScriptInMetadata, Judge.EveryType);
        }

        Judge.Accepts(Gif("<r><t>Anna and Bert</t></r>", usual), policy: Judge.EveryType);
    }

    [Theory]
    [InlineData("\niptc\n       L\nH\n", true)]
    [InlineData("\niptc\nL\nH", true)]
    [InlineData("\niptc\n\n      L\nH\n", false)]
    [InlineData("\n\niptc\n      L\nH\n", false)]
    [InlineData("iptc\n      L\nH\n", false)]
    [InlineData("\niptc\n      L\nAH\n", false)]
    [InlineData("\niptc\n      L\nxH\n", false)]
    [InlineData("\niptc\n      L\nH00\n", false)]
    [InlineData("\niptc\n      L\nH0\n", false)]
    [InlineData("\niptc\n      Lx\nH\n", false)]
    public void A_raw_profile_is_written_as_programs_write_it(string form, bool passes)
    {
        var profile = "\u001C\u0002x\0\u0004Anna"u8.ToArray();
        var text = form.Replace("H", Convert.ToHexStringLower(profile), StringComparison.Ordinal).Replace("L", "9", StringComparison.Ordinal);
        var png = Png("zTXt", [.. "Raw profile type iptc\0\0"u8, .. Deflated.Zlib(Encoding.ASCII.GetBytes(text), DeflateKind.Fixed)]);

        if (passes)
            Judge.Accepts(png);
        else
            Judge.Refuses(png, Reasons.BadStructure);
    }

    [Fact]
    public void EXIF_in_PNG_begins_as_such_and_is_not_compressed()
    {
        byte[] tiff = Tiff((0x010E, 2, [.. "Anna"u8, 0]));

        Judge.Accepts(Png("eXIf", tiff));
        Judge.Accepts(Png("eXIf", [.. "Exif\0\0"u8, .. tiff]));
        Judge.Refuses(Png("eXIf", [0, 0, 0, 0, (byte)tiff.Length, .. Deflated.Zlib(tiff, DeflateKind.Fixed)]), Reasons.BadStructure);
        Judge.Refuses(Png("zxIf", [0, 0, 0, 0, (byte)tiff.Length, .. Deflated.Zlib(tiff, DeflateKind.Fixed)]), Reasons.BadStructure);
    }

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Png(string type, byte[] data) => new PngBuilder { Before = [PngBuilder.Chunk(type, data)] }.Build();

    private static byte[] Jpeg(params byte[][] segments) => new JpegBuilder { Segments = segments }.Build();
}
