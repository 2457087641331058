using System.Text;
using Gatehouse.Inspection.Tests.Compression;
using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Heic;
using Gatehouse.Inspection.Tests.Jpeg;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Mp4;
using Gatehouse.Inspection.Tests.Png;
using Gatehouse.Inspection.Tests.Webp;
using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;

namespace Gatehouse.Inspection.Tests.Metadata;

public sealed class ScriptInMetadataTests
{
    private static readonly string[] Scripts =
    [
        "<?php system('x');", "<?=`id`?>", "<% eval %>", "<!--#exec cmd='x'-->", "<script>alert(1)</script>", "<SCRIPT src=x>", "<iframe src=x>", "<svg/onload=x>",
        "<img src=x onerror=alert(1)>", "<b\nonclick = x>", "<a title='<' onclick=x>", "JavaScript:alert(1)",
        "<img alt='>' src=x onerror=alert(1)>", "<a href='java&#115;cript:alert(1)'>", "<a href='java\tscript:alert(1)'>", "<object data=x>", "<p srcdoc=x>", "<? system($_GET[0]) ?>",
    ];

    private static readonly string[] Honest =
    [
        "Anna & Bert, 5 < 6 > 4", "<b>bold</b>", "100 % <3", "a <word> in brackets", "once=1, <x y=1>", "Script: Heinz", "<% without an end", "javascript is fun", "Müller, Köln", "<? who (me) knows", "on = off, <b on=1>",
    ];

    private static readonly Dictionary<string, Func<string, byte[]>> Places = new(StringComparer.Ordinal)
    {
        ["png tEXt"] = text => Png("tEXt", [.. "Comment\0"u8, .. Encoding.Latin1.GetBytes(text)]),
        ["png zTXt"] = text => Png("zTXt", [.. "Comment\0\0"u8, .. Deflated.Zlib(Encoding.Latin1.GetBytes(text), DeflateKind.Fixed)]),
        ["png iTXt"] = text => Png("iTXt", [.. "Comment\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(text)]),
        ["png iTXt compressed"] = text => Png("iTXt", [.. "Comment\0\x01\0de\0Wort\0"u8, .. Deflated.Zlib(Encoding.UTF8.GetBytes(text), DeflateKind.Dynamic)]),
        ["png raw profile"] = text => Png("tEXt", Encoding.ASCII.GetBytes($"Raw profile type iptc\0\niptc\n  {Iptc(text).Length}\n{Convert.ToHexStringLower(Iptc(text))}\n")),
        ["png XMP"] = text => Png("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes($"<r><t a='{Escaped(text)}'/></r>")]),
        ["png eXIf"] = text => Png("eXIf", Exif(text)),
        ["png iCCP"] = text => Png("iCCP", [.. "icc\0\0"u8, .. Deflated.Zlib(Icc(text), DeflateKind.Dynamic)]),
        ["jpeg comment"] = text => Jpeg(JpegBuilder.Comment(Encoding.UTF8.GetBytes(text))),
        ["jpeg EXIF"] = text => Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. Exif(text)])),
        ["jpeg XMP attribute"] = text => Jpeg(JpegBuilder.Xmp($"Container:note='{Escaped(text)}'")),
        ["jpeg XMP text"] = text => Jpeg(JpegBuilder.Xmp("", $"<Item:a><Item:b>{Escaped(text)}</Item:b></Item:a>")),
        ["jpeg extended XMP"] = text => Jpeg(ExtendedXmp($"<r><t>{Escaped(text)}</t></r>")),
        ["jpeg IPTC"] = text => Jpeg(JpegBuilder.App(13, [.. "Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0"u8, (byte)Iptc(text).Length, .. Iptc(text), 0])),
        ["gif comment"] = text => Gif(GifBuilder.Comment(Encoding.UTF8.GetBytes(text), 5)),
        ["gif XMP"] = text => Gif(GifBuilder.Xmp($"<r><t a='{Escaped(text)}'/></r>")),
        ["gif ICC"] = text => Gif(GifBuilder.Application("ICCRGBG1012", Icc(text))),
        ["webp EXIF"] = text => WebpBuilder.Extended(20, 15, WebpBuilder.Lossy(), WebpBuilder.Chunk("EXIF", Exif(text))),
        ["webp XMP"] = text => WebpBuilder.Extended(20, 15, WebpBuilder.Lossy(), WebpBuilder.Chunk("XMP ", Encoding.UTF8.GetBytes($"<r><t>{Escaped(text)}</t></r>"))),
        ["webp XMP as in other RIFF files"] = text => WebpBuilder.Riff(WebpBuilder.Canvas(), WebpBuilder.Lossy(), WebpBuilder.Chunk("_PMX", Encoding.UTF8.GetBytes($"<r><t>{Escaped(text)}</t></r>"))),
        ["webp XMP by a wrong name"] = text => WebpBuilder.Riff(WebpBuilder.Canvas(), WebpBuilder.Lossy(), WebpBuilder.Chunk("XMP\0", Encoding.UTF8.GetBytes($"<r><t>{Escaped(text)}</t></r>"))),
        ["webp list"] = text => WebpBuilder.Riff(WebpBuilder.Canvas(), WebpBuilder.Lossy(), WebpBuilder.Chunk("LIST", [.. "INFO"u8, .. WebpBuilder.Chunk("ISFT", [1, 2, 3]), .. WebpBuilder.Chunk("INAM", Encoding.UTF8.GetBytes(text))])),
        ["webp ICC"] = text => WebpBuilder.Extended(20, 15, WebpBuilder.Chunk("ICCP", Icc(text)), WebpBuilder.Lossy()),
        ["mp4 title"] = text => (new Mp4Builder { InMovie = Box("udta", FullBox("titl", 0, 0, Half(0), Encoding.UTF8.GetBytes(text))) }).Build(),
        ["mp4 list"] = text => (new Mp4Builder { InMovie = Box("udta", FullBox("meta", 0, 0, Handler("mdir"), Box("ilst", Box("\u00A9cmt", Box("data", Word(1), Word(0), Encoding.UTF8.GetBytes(text)))))) }).Build(),
        ["mp4 handler"] = text => (new Mp4Builder { InMovie = FullBox("meta", 0, 0, FullBox("hdlr", 0, 0, new byte[20], Encoding.UTF8.GetBytes(text), [0])) }).Build(),
        ["mp4 xml"] = text => (new Mp4Builder { InMovie = FullBox("meta", 0, 0, Handler("nrtm"), FullBox("xml ", 0, 0, Encoding.UTF8.GetBytes($"<r><t a='{Escaped(text)}'/></r>"))) }).Build(),
        ["mp4 XMP at the top"] = text => (new Mp4Builder { AtEnd = Box("XMP_", Encoding.UTF8.GetBytes($"<r><t>{Escaped(text)}</t></r>")) }).Build(),
        ["heic xml"] = text => (new HeicBuilder { AtEnd = FullBox("xml ", 0, 0, Encoding.UTF8.GetBytes($"<r><t>{Escaped(text)}</t></r>")) }).Build(),
        ["heic EXIF"] = text => (new HeicBuilder { ExifData = [0, 0, 0, 0, .. Exif(text)] }).Build(),
        ["heic XMP"] = text => (new HeicBuilder { XmpData = $"<r><t a='{Escaped(text)}'/></r>" }).Build(),
        ["heic ICC"] = text => (new HeicBuilder { InProperties = Box("colr", Ascii("prof"), Icc(text)) }).Build(),
        ["jpeg ICC in two parts"] = text => Jpeg(JpegBuilder.App(2, [.. "ICC_PROFILE\0\x01\x02"u8, .. Icc(text)[..140]]), JpegBuilder.App(2, [.. "ICC_PROFILE\0\x02\x02"u8, .. Icc(text)[140..]])),
    };

    public static TheoryData<string> PlaceNames() => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public void Every_kind_of_script_is_refused_in_every_place(string place) =>
        Assert.All(Scripts, script => Judge.Refuses(Places[place]($"A photo {script} of us"), Reasons.ScriptInMetadata, Judge.EveryType));

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public void Honest_texts_are_accepted_in_every_place(string place) => Assert.All(Honest, text => Judge.Accepts(Places[place](text), policy: Judge.EveryType));

    [Fact]
    public void Tables_of_colours_and_codes_hold_no_script_either()
    {
        var script = "<script>alert(1)</script>"u8.ToArray();
        byte[] Filled(int length) => [.. script, .. new byte[length - script.Length]];
        byte[] values = [.. script, .. Enumerable.Range(128, 15).Select(i => (byte)i)];
        byte[][] files =
        [
            [.. PngBuilder.Signature, .. new PngBuilder { Colour = 3 }.Header(), .. PngBuilder.Chunk("PLTE", Filled(768)), .. new PngBuilder { Colour = 3 }.Build()[(8 + 25 + 12 + 768)..]],
            Png("fcTL", Filled(26)),
            [.. "GIF89a\x0C\0\x09\0\x83\0\0"u8, .. Filled(48), .. new GifBuilder().Build()[(13 + 48)..]],
            Jpeg(JpegBuilder.Segment(0xDB, [1, .. script, .. Enumerable.Repeat((byte)1, 64 - script.Length)])),
            Jpeg(JpegBuilder.Segment(0xC4, [0x11, .. new byte[7], 40, .. new byte[8], .. values])),
        ];

        Assert.All(files, file => Judge.Refuses(file, Reasons.ScriptInMetadata, Judge.EveryType));
        Judge.Accepts(Png("fcTL", new byte[26]));
    }

    [Fact]
    public void Texts_as_they_stand_have_8_MB_in_all()
    {
        var text = PngBuilder.Chunk("tEXt", [.. "Comment\0"u8, .. Enumerable.Repeat((byte)'a', 2_000_000)]);

        Judge.Accepts((new PngBuilder { Before = [text, text, text, text] }).Build());
        Judge.Refuses((new PngBuilder { Before = [text, text, text, text, text] }).Build(), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void Chunks_of_no_standard_have_8_MB_in_all()
    {
        var chunk = PngBuilder.Chunk("prVt", new byte[2_000_000]);

        Judge.Accepts((new PngBuilder { Before = [chunk, chunk, chunk, chunk] }).Build());
        Judge.Refuses((new PngBuilder { Before = [chunk, chunk, chunk, chunk, chunk] }).Build(), Reasons.EmbeddedFile);
    }

    [Fact]
    public void A_thumbnail_is_no_second_format_and_chance_bytes_in_it_no_script()
    {
        var thumbnail = new JpegBuilder { Scan = [.. "<?=<%%><svg"u8] }.Build();

        Judge.Accepts(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"u8, .. thumbnail])));
    }

    [Fact]
    public void A_text_that_inflates_to_more_than_2_MB_is_refused()
    {
        static byte[] Text(int length) => Png("zTXt", [.. "Comment\0\0"u8, .. Deflated.Zlib(new byte[length].Select(_ => (byte)'a').ToArray(), DeflateKind.Dynamic)]);

        Judge.Accepts(Text(2 * 1024 * 1024));
        Judge.Refuses(Text((2 * 1024 * 1024) + 1), Reasons.ExpandsTooMuch);
    }

    [Fact]
    public void Many_texts_may_not_inflate_to_what_one_may_not()
    {
        var text = PngBuilder.Chunk("zTXt", [.. "Comment\0\0"u8, .. Deflated.Zlib([.. Enumerable.Repeat((byte)'a', 2_000_000)], DeflateKind.Dynamic)]);

        Judge.Accepts((new PngBuilder { Before = [text, text, text, text] }).Build());
        Judge.Refuses((new PngBuilder { Before = [text, text, text, text, text] }).Build(), Reasons.ExpandsTooMuch);
    }

    private static byte[] Png(string type, byte[] data) => new PngBuilder { Before = [PngBuilder.Chunk(type, data)] }.Build();

    private static byte[] Jpeg(params byte[][] segments) => new JpegBuilder { Segments = segments }.Build();

    private static byte[] Gif(byte[] extension) => new GifBuilder { Before = [extension] }.Build();

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);

    private static byte[] Iptc(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [0x1C, 2, 120, 0, (byte)bytes.Length, .. bytes];
    }

    /// <summary>One directory with one entry: ImageDescription.</summary>
    private static byte[] Exif(string text)
    {
        byte[] value = [.. Encoding.UTF8.GetBytes(text), 0];
        return [.. "MM\0*\0\0\0\x08\0\x01\x01\x0E\0\x02\0\0\0"u8, (byte)value.Length, 0, 0, 0, 26, 0, 0, 0, 0, .. value];
    }

    /// <summary>One tag: a multi-localised name in UTF-16.</summary>
    private static byte[] Icc(string text)
    {
        var value = Encoding.BigEndianUnicode.GetBytes(text);
        byte[] data = [.. "mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS\0\0\0"u8, (byte)value.Length, 0, 0, 0, 28, .. value];
        return [.. new byte[128], 0, 0, 0, 1, .. "desc"u8, 0, 0, 0, 144, 0, 0, 0, (byte)data.Length, .. data];
    }

    private static byte[] ExtendedXmp(string xml)
    {
        var bytes = Encoding.UTF8.GetBytes(xml);
        return JpegBuilder.App(1, [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[32], .. Word(bytes.Length), .. Word(0), .. bytes]);
    }
}
