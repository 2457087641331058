using System.Text;
using Gatehouse.Inspection.Tests.Compression;
using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Jpeg;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Png;
using static Gatehouse.Inspection.Tests.Metadata.TiffBuilder;

namespace Gatehouse.Inspection.Tests.Metadata;

/// <summary>Scripts that no single value of the usual kind holds: in XMP that is no XML, cut into parts, in fields of odd types, behind what ends a reader's walk.</summary>
public sealed class ValuesInPartsTests
{
    private const string Tag = "<img src=x onerror=alert(1)>";
    private const string Escaped = "&lt;script&gt;alert(1)&lt;/script&gt;";

    public static TheoryData<string> Xmp => new(
        $"<!DOCTYPE x><r><t>{Escaped}</t></r>",
        "<!DOCTYPE x [<!ENTITY a \"&#60;\">]><r><t>&a;script></t></r>",
        $"<a b=c></a><r><t>{Escaped}</t></r>",
        $"\u0001<a/><r><t>{Escaped}</t></r>",
        $"<r><t>&nbsp;{Escaped}</t></r>",
        $"<foo:a/><r><t>{Escaped}</t></r>",
        $"<?xml version=\"1.1\"?><r><t>{Escaped}</t></r>",
        $"<r/>\0\0<r><t>{Escaped}</t></r>",
        string.Concat(Enumerable.Repeat("<a>", 70)) + Escaped,
        "<r><t>&nbsp;&#60script&#x00003e</t></r>",
        "<r><t>&nbsp;&ltscript></t></r>",
        "<r><t>&nbsp;<![CDATA[<scr]]><!-- --><![CDATA[ipt>]]></t></r>",
        "<r><t><![CDATA[<img src=x on]]><![CDATA[error=alert(1)>]]></t></r>",
        "<r><t><![CDATA[<scr]]><![CDATA[ipt>]]></t></r>",
        "<r><t>&lt;scr<!-- -->ipt&gt;</t></r>",
        "<r><t>&lt;img src=x on<?a b?>error=alert(1)&gt;</t></r>",
        "<r><t>&lt;scr<b/>ipt&gt;</t></r>",
        "<r><t>&lt;img alt=\"&gt;\" src=x onerror=alert(1)&gt;</t></r>");

    public static TheoryData<string> HonestXmp => new(
        "<r><t>Anna &amp; Bert &lt;3</t></r>",
        "<a b=c></a><r><t>Anna &amp; Bert &lt;3</t></r>",
        "<!DOCTYPE x><r><t>A photo of us</t></r>",
        "<r><t>&nbsp;&copy; Anna &lt;anna@example.org&gt;</t></r>");

    [Theory]
    [MemberData(nameof(Xmp))]
    public void A_script_in_XMP_is_found_whatever_breaks_or_parts_it(string xmp)
    {
        var bytes = Encoding.UTF8.GetBytes(xmp);

        Judge.Refuses(Jpeg(JpegBuilder.App(1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. bytes])), Reasons.ScriptInMetadata);
        Judge.Refuses(Png("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. bytes]), Reasons.ScriptInMetadata);
    }

    [Theory]
    [MemberData(nameof(HonestXmp))]
    public void XMP_that_is_no_XML_is_honest_when_its_values_are(string xmp) =>
        Judge.Accepts(Jpeg(JpegBuilder.App(1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(xmp)])));

    [Fact]
    public void Extended_XMP_is_read_in_the_order_of_its_offsets_and_each_document_by_itself()
    {
        var xml = $"<r><t>{Escaped}</t></r>";
        var doctype = "<!DOCTYPE x>" + xml;

        Judge.Refuses(Jpeg(Extended('A', xml, 20, 99), Extended('A', xml, 0, 20)), Reasons.ScriptInMetadata);
        Judge.Refuses(Jpeg(Extended('B', "<a b=c>"), Extended('A', xml)), Reasons.ScriptInMetadata);
        Judge.Refuses(Jpeg(Extended('A', doctype, 0, 15), Extended('A', doctype, 15, 99)), Reasons.ScriptInMetadata);
        Judge.Accepts(Jpeg([.. Enumerable.Range('A', 16).Select(digest => Extended((char)digest, "<r/>"))]));
        Judge.Refuses(Jpeg([.. Enumerable.Range('A', 17).Select(digest => Extended((char)digest, "<r/>"))]), Reasons.EmbeddedFile);
        Judge.Accepts(Jpeg(Extended('A', "<r>Anna   <b/></r>", 10, 99), Extended('A', "<r>Anna   <b/></r>", 0, 10)));
    }

    [Fact]
    public void Parts_of_extended_XMP_follow_each_other_without_overlap_or_gap_and_are_all_of_it()
    {
        const string Honest = "<r><t>Anna and Bert</t></r>";
        byte[][][] wrong =
        [
            [Extended('A', Honest, 0, 12), Extended('A', Honest, 12, 20), Extended('A', Honest, 12, 99)],
            [Extended('A', Honest, 0, 12), Extended('A', Honest, 11, 99)],
            [Extended('A', Honest, 0, 12), Extended('A', Honest, 13, 99)],
            [Extended('A', Honest, 0, 12)],
            [Extended('A', Honest, 12, 99)],
            [Extended('A', Honest, 0, 12), Extended('A', Honest + " ", 12, 99)],
        ];

        Assert.All(wrong, segments => Judge.Refuses(Jpeg(segments), Reasons.BadStructure));
        Judge.Accepts(Jpeg(Extended('A', Honest, 0, 12), Extended('A', Honest, 12, 20), Extended('A', Honest, 20, 99)));
    }

    [Fact]
    public void EXIF_is_looked_at_in_every_field_and_directory()
    {
        byte[] text = [.. Encoding.ASCII.GetBytes("<svg "), 0];

        Refuses(Tiff((0x001B, 7, [.. "ASCII\0\0\0"u8, .. text])));
        Refuses(Tiff((0x010E, 1, text)));
        Refuses(Tiff((0xA300, 7, text)));
        Refuses(Tiff((0x8649, 7, Resource("8BIM", 0x03F0, text))));
        Refuses([.. "II+\0"u8, .. Tiff((0x010E, 2, text))[4..]]);
        Refuses(Chain(40, text));
        Refuses(TwoSubDirectories(text));
        Judge.Accepts(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. Overlapping(4)])));
        Judge.Accepts(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. Chain(40, "honest"u8.ToArray())])));

        static void Refuses(byte[] tiff) => Judge.Refuses(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. tiff])), Reasons.ScriptInMetadata);
    }

    /// <summary>Each level read four times would be read 4^200 times.</summary>
    [Fact]
    public void EXIF_in_Photoshops_blocks_in_EXIF_is_walked_once()
    {
        byte[] tiff = Tiff((0x010E, 2, "Anna"u8.ToArray()));
        for (var level = 0; level < 200; level++)
        {
            var blocks = Resource("8BIM", 0x0422, tiff);
            tiff = [.. "II*\0"u8, 8, 0, 0, 0, 4, 0, .. Enumerable.Range(0, 4).SelectMany(_ => Entry(0x8649, 7, (uint)blocks.Length, 62)), 0, 0, 0, 0, .. blocks];
        }

        Judge.Accepts(Jpeg(JpegBuilder.App(1, [.. "Exif\0\0"u8, .. tiff])));
    }

    [Fact]
    public void Photoshops_blocks_are_walked_whatever_their_signature_and_name_and_across_segments()
    {
        byte[] longText = [.. new byte[300].Select(_ => (byte)'x'), .. "<svg "u8];
        var cut = Resource("8BIM", 0x0404, Iptc(longText));

        Refuses([.. Resource("PHUT", 0x03ED, [1, 2, 3, 4]), .. Resource("8BIM", 0x0404, Iptc("<svg "u8.ToArray()))]);
        Refuses(Resource("8BIM", 0x0404, [0x1C, 2, 10, 0x80, 4, 0, 0, 0, 4, .. "abcd"u8, .. Iptc("<svg "u8.ToArray())]));
        Refuses(Resource("8BIM", 0x0404, [0, .. Iptc("<svg "u8.ToArray())]));
        Refuses(Resource("8BIM", 0x0404, [0x1C, 3, 0, 0x80, 4, 0, 0, 0, 20, 1, 0x1C, 200, 1, 0, 10, .. Iptc("<svg "u8.ToArray())]));
        Refuses([.. "8BIM"u8, 3, 0xED, 5, .. "<svg "u8, 0, 0, 0, 4, 1, 2, 3, 4]);
        Refuses(Resource("8BIM", 0x041A, [0, 0, 0, 6, .. Encoding.BigEndianUnicode.GetBytes("<script>")]));
        Judge.Refuses(Jpeg(Photoshop(cut[..100]), Photoshop(cut[100..])), Reasons.ScriptInMetadata);
        Judge.Accepts(Jpeg(Photoshop(Resource("PHUT", 0x03ED, [1, 2, 3, 4])), Photoshop(Resource("8BIM", 0x0404, Iptc("Anna"u8.ToArray())))));

        static void Refuses(byte[] resources) => Judge.Refuses(Jpeg(Photoshop(resources)), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void Profiles_are_looked_at_in_every_tag_that_is_not_of_numbers()
    {
        Judge.Refuses(Jpeg(Profile(Icc(1, "pseq\0\0\0\0<svg "u8.ToArray()))), Reasons.ScriptInMetadata);
        Judge.Refuses(Jpeg(Profile(Icc(205, "text\0\0\0\0<svg "u8.ToArray()))), Reasons.ScriptInMetadata);
        Judge.Accepts(Jpeg(Profile(Icc(205, "curv\0\0\0\0<svg "u8.ToArray()))));
    }

    [Fact]
    public void A_PNG_text_is_looked_at_with_its_name_language_and_translation()
    {
        var value = Deflated.Zlib("x"u8.ToArray(), DeflateKind.Fixed);
        var tiff = Tiff((0x010E, 2, [.. Encoding.ASCII.GetBytes(Tag), 0]));

        Judge.Refuses(Png("zTXt", [.. "<svg x>\0\0"u8, .. value]), Reasons.ScriptInMetadata);
        Judge.Refuses(Png("iTXt", [.. "Comment\0\x01\0<svg x>\0\0"u8, .. value]), Reasons.ScriptInMetadata);
        Judge.Refuses(Png("iTXt", [.. "Comment\0\x01\0en\0<svg x>\0"u8, .. value]), Reasons.ScriptInMetadata);
        Judge.Refuses(Png("iTXt", [.. "Comment\0\x02\0\0\0"u8, .. value]), Reasons.BadStructure);
        Judge.Refuses(Png("tEXt", Encoding.ASCII.GetBytes($"raw profile TYPE exif\0\nexif\n  {tiff.Length}\n{Convert.ToHexStringLower(tiff)}\n")), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void The_name_inside_a_packed_raw_profile_is_looked_at()
    {
        byte[] Profile(string name) => Png("zTXt", [.. "Raw profile type iptc\0\0"u8, .. Deflated.Zlib(Encoding.ASCII.GetBytes($"\n{name}\n       4\n1c027800\n"), DeflateKind.Fixed)]);

        Judge.Refuses(Profile(Tag), Reasons.ScriptInMetadata);
        Judge.Accepts(Profile("iptc"));
    }

    /// <summary>Longer than what is looked at together.</summary>
    [Theory]
    [InlineData(20_000)]
    [InlineData(200_000)]
    [InlineData(400_000)]
    public void A_tag_in_an_unknown_chunk_may_be_long(int length)
    {
        byte[] Chunk(string begin, string between) =>
            Png("prVt", [.. Enumerable.Repeat((byte)1, 90_000), .. Encoding.ASCII.GetBytes(begin), .. Enumerable.Repeat((byte)'x', length), .. Encoding.Latin1.GetBytes(between + " onerror=alert(1)>"), 0]);

        Judge.Refuses(Chunk("<img ", ""), Reasons.ScriptInMetadata);
        Judge.Accepts(Chunk("<img ", "\u0001"));
        Judge.Accepts(Chunk("img ", ""));
    }

    [Fact]
    public void A_PNG_text_that_names_a_file_as_its_profile_is_refused()
    {
        Judge.Refuses(Png("tEXt", "Profile\0/etc/passwd"u8.ToArray()), Reasons.ScriptInMetadata);
        Judge.Refuses(Png("tEXt", "profile\0C:\\x"u8.ToArray()), Reasons.ScriptInMetadata);
        Judge.Accepts(Png("tEXt", "profile\0Anna"u8.ToArray()));
        Judge.Accepts(Png("tEXt", "Source\0/home/anna"u8.ToArray()));
    }

    [Fact]
    public void A_tag_that_one_text_opens_and_the_next_one_ends_is_one()
    {
        Judge.Refuses(Jpeg(JpegBuilder.Comment("<img title=\""u8), JpegBuilder.Comment("\" src=x onerror=alert(1)>"u8)), Reasons.ScriptInMetadata);
        Judge.Refuses(Jpeg(JpegBuilder.Comment("<%eval x'"u8), JpegBuilder.Comment("%>"u8)), Reasons.ScriptInMetadata);
        Judge.Refuses(
            new PngBuilder { Before = [PngBuilder.Chunk("tEXt", "a\0<img title=\""u8.ToArray()), PngBuilder.Chunk("tEXt", "b\0\" onerror=alert(1)>"u8.ToArray())] }.Build(),
            Reasons.ScriptInMetadata);
        Judge.Refuses(
            new GifBuilder { Before = [GifBuilder.Comment("<img title=\""u8, 5), GifBuilder.Comment("\" onerror=alert(1)>"u8, 5)] }.Build(),
            Reasons.ScriptInMetadata,
            Judge.EveryType);
        Judge.Accepts(Jpeg(JpegBuilder.Comment("a <b and"u8), JpegBuilder.Comment("only = so far, 5 % > 4"u8)));
    }

    [Fact]
    public void In_bytes_of_unknown_kind_a_short_mark_counts_with_what_must_follow_it()
    {
        Refuses("<?=`id`?>");
        Refuses("<?=system($_GET[0]);");
        Refuses("<%eval request%>");
        Refuses(Tag);
        Refuses("<a href=\"&#106avascript:x\">");
        Accepts("<;:;<<<?=<;<=>>==>>>>>=>>>>>?>>>>?>>");
        Accepts("<?=ABCCDDEEFFGGHHII?>");
        Accepts("<?=?\u0001>");
        Accepts("<%%>");
        Accepts("<x \u0001 onerror=x>");

        static byte[] Unknown(string text) => Jpeg(JpegBuilder.App(7, [0, 1, 2, .. Encoding.ASCII.GetBytes(text), 0]));
        static void Refuses(string text) => Judge.Refuses(Unknown(text), Reasons.ScriptInMetadata);
        static void Accepts(string text) => Judge.Accepts(Unknown(text));
    }

    private static byte[] Jpeg(params byte[][] segments) => new JpegBuilder { Segments = segments }.Build();

    private static byte[] Png(string type, byte[] data) => new PngBuilder { Before = [PngBuilder.Chunk(type, data)] }.Build();

    private static byte[] Photoshop(byte[] resources) => JpegBuilder.App(13, [.. "Photoshop 3.0\0"u8, .. resources]);

    private static byte[] Profile(byte[] profile) => JpegBuilder.App(2, [.. "ICC_PROFILE\0\x01\x01"u8, .. profile]);

    private static byte[] Iptc(byte[] value) => [0x1C, 2, 120, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static byte[] Resource(string signature, ushort id, byte[] data) =>
        [.. Encoding.ASCII.GetBytes(signature), (byte)(id >> 8), (byte)id, 0, 0, .. BigEndian((uint)data.Length), .. data, .. new byte[data.Length % 2]];

    /// <summary>The part of a document from one place to another.</summary>
    private static byte[] Extended(char digest, string xml, int from = 0, int to = int.MaxValue) => JpegBuilder.App(1, [
        .. "http://ns.adobe.com/xmp/extension/\0"u8, .. Enumerable.Repeat((byte)digest, 32), .. BigEndian((uint)xml.Length), .. BigEndian((uint)from),
        .. Encoding.UTF8.GetBytes(xml[from..Math.Min(to, xml.Length)])]);

    /// <summary>Tags of numbers, and the given one last.</summary>
    private static byte[] Icc(int tags, byte[] last)
    {
        var data = 132 + (12 * tags);
        IEnumerable<byte> table = Enumerable.Range(1, tags).SelectMany(i => (byte[])(i < tags
            ? [.. "rXYZ"u8, .. BigEndian((uint)(data + last.Length)), .. BigEndian(8)]
            : [.. "cprt"u8, .. BigEndian((uint)data), .. BigEndian((uint)last.Length)]));
        return [.. new byte[128], .. BigEndian((uint)tags), .. table, .. last, .. "XYZ \0\0\0\0"u8];
    }

    /// <summary>Directories that each lead to the next; the last has an artist.</summary>
    private static byte[] Chain(int count, byte[] artist)
    {
        List<byte> bytes = [.. "II*\0"u8, 8, 0, 0, 0];
        for (var i = 0; i < count; i++)
            bytes.AddRange([1, 0, .. Entry(0x100, 4, 1, 1), .. LittleEndian((uint)bytes.Count + 18)]);
        return [.. bytes, 1, 0, .. Entry(0x13B, 2, (uint)artist.Length, (uint)bytes.Count + 18), 0, 0, 0, 0, .. artist];
    }

    private static byte[] TwoSubDirectories(byte[] artist) =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, 1, 0, .. Entry(0x14A, 4, 2, 26), 0, 0, 0, 0, .. LittleEndian(34), .. LittleEndian(52),
        1, 0, .. Entry(0x100, 4, 1, 1), 0, 0, 0, 0,
        1, 0, .. Entry(0x13B, 2, (uint)artist.Length, 70), 0, 0, 0, 0, .. artist,
    ];

    /// <summary>Texts that are all the same bytes of the file.</summary>
    private static byte[] Overlapping(byte count)
    {
        var data = 14 + (12u * count);
        return
        [
            .. "II*\0"u8, 8, 0, 0, 0, count, 0, .. Enumerable.Range(0, count).SelectMany(i => Entry((ushort)(0x10D + i), 2, 20_000, data)), 0, 0, 0, 0,
            .. Enumerable.Repeat((byte)'A', 20_000),
        ];
    }
}
