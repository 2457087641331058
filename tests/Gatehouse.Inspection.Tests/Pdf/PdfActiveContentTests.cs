using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

public sealed class PdfActiveContentTests
{
    [Theory]
    [InlineData("<</S/JavaScript/JS(1)>>")]
    [InlineData("<</S/J#61vaScript/J#53(1)>>")]
    [InlineData("<</S/Launch/F(x)>>")]
    [InlineData("<</S/SubmitForm/F(http://127.0.0.1/)>>")]
    [InlineData("<</S/ImportData/F(x)>>")]
    [InlineData("<</S/GoToE/D[0]>>")]
    [InlineData(@"<</S/GoToR/F(\\\\host\\share)>>")]
    [InlineData("<</S/GoToR/F<</Type/Filespec/UF(http://example.org/x)>>>>")]
    [InlineData("<</S/Rendition>>")]
    [InlineData("<</Subtype/Movie>>")]
    [InlineData("<</Subtype/RichMedia>>")]
    [InlineData("<</Subtype/3D>>")]
    [InlineData("<</S/URI/URI(javascript:1)>>")]
    [InlineData("<</S/URI/URI(file:///etc/passwd)>>")]
    [InlineData("<</S/URI/URI<FEFF006A006100760061007300630072006900700074003A0031>>>")]
    [InlineData("[1[<</A<</JS(1)>>>>]]")]
    public void Active_content_is_refused_referenced_or_not(string value)
    {
        Assert.Equal(RefusalCode.ContentUnsafe, Judge.Refuses(PdfBuilder.With(value), Reasons.ActiveContent).Code);
        var flagging = new InspectionPolicy { FlagOnly = [Reasons.ActiveContent] };
        Assert.Equal([Reasons.ActiveContent], Judge.Accepts(PdfBuilder.With(value), policy: flagging).Flags);
    }

    [Theory]
    [InlineData("<</S/GoTo/D[3 0 R/Fit]>>")]
    [InlineData("<</S/Named/N/NextPage>>")]
    [InlineData("<</S/GoToR/F(other.pdf)>>")]
    [InlineData(@"<</F(C:\\docs\\other.pdf)>>")]
    [InlineData("<</S/URI/URI(https://example.org)>>")]
    [InlineData("<</S/URI/URI(mailto:a@b.c)>>")]
    [InlineData("<</S/URI/URI(tel:+491)>>")]
    [InlineData("<</S/URI/URI(page.html)>>")]
    [InlineData("(/S /JavaScript /JS)")]
    public void Links_and_destinations_are_honest(string value) => Judge.Accepts(PdfBuilder.With(value));

    [Fact]
    public void An_action_named_by_reference_is_found() =>
        Judge.Refuses(new PdfBuilder().Object(4, "<</S 5 0 R>>").Object(5, "/JavaScript").End(), Reasons.ActiveContent);

    public static TheoryData<string> Filters => new("/FlateDecode", "/ASCIIHexDecode", "[/ASCIIHexDecode/FlateDecode]", "/RunLengthDecode", "/ASCII85Decode", "/LZWDecode");

    [Theory]
    [MemberData(nameof(Filters))]
    public void An_action_in_an_object_stream_is_found_through_every_filter(string filter)
    {
        var plain = Encoding.ASCII.GetBytes("9 0 <</S/JavaScript/JS(1)>>");
        var packed = filter switch
        {
            "/FlateDecode" => PdfBuilder.Deflate(plain),
            "/ASCIIHexDecode" => Hex(plain),
            "[/ASCIIHexDecode/FlateDecode]" => Hex(PdfBuilder.Deflate(plain)),
            "/RunLengthDecode" => [(byte)(plain.Length - 1), .. plain, 128],
            "/ASCII85Decode" => Base85(plain),
            _ => Lzw(plain),
        };
        Judge.Refuses(new PdfBuilder().Stream(4, $"/Type/ObjStm/N 1/First 4/Filter{filter}", packed).End(), Reasons.ActiveContent);
    }

    [Fact]
    public void An_attached_file_is_refused_and_an_invoice_s_XML_passes()
    {
        var specification = "<</Type/Filespec/F(a.xml)/UF(a.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>";
        Judge.Accepts(new PdfBuilder().Object(4, specification).Stream(5, "/Type/EmbeddedFile", "<?xml version='1.0'?><Invoice/>"u8.ToArray()).End());
        Judge.Refuses(new PdfBuilder().Object(4, specification).Stream(5, "/Type/EmbeddedFile", "MZ..."u8.ToArray()).End(), Reasons.EmbeddedFile);
        Judge.Refuses(new PdfBuilder().Stream(5, "/Type/EmbeddedFile", "<a/>"u8.ToArray()).End(), Reasons.EmbeddedFile);
    }

    [Fact]
    public void An_XFA_form_is_refused_only_with_a_script()
    {
        Judge.Accepts(new PdfBuilder().Object(4, "<</XFA 5 0 R>>").Stream(5, "", "<xdp><field/></xdp>"u8.ToArray()).End());
        Judge.Refuses(new PdfBuilder().Object(4, "<</XFA[(t)5 0 R]>>").Stream(5, "", "<xdp><script>1</script></xdp>"u8.ToArray()).End(), Reasons.ActiveContent);
    }

    [Fact]
    public void The_packets_of_a_form_are_no_attached_files_whatever_they_are_called()
    {
        Judge.Accepts(new PdfBuilder().Object(4, "<</XFA[(t)5 0 R]>>").Stream(5, "/Type/EmbeddedFile", "<xdp><field/></xdp>"u8.ToArray()).End());
        Judge.Refuses(new PdfBuilder().Object(4, "<</XFA[(t)5 0 R]>>").Stream(5, "/Type/EmbeddedFile", "MZ..."u8.ToArray()).End(), Reasons.EmbeddedFile);
        var attached = new PdfBuilder().Object(4, "<</XFA[(t)5 0 R]>>").Object(6, "<</Type/Filespec/F(a.html)/EF<</F 5 0 R>>>>").Stream(5, "", "<xdp><field/></xdp>"u8.ToArray());
        Judge.Refuses(attached.End(), Reasons.EmbeddedFile);
    }

    private static byte[] Hex(byte[] plain) => Encoding.ASCII.GetBytes(Convert.ToHexString(plain) + ">");

    private static byte[] Base85(byte[] plain)
    {
        var text = new StringBuilder();
        Span<char> digits = stackalloc char[5];
        byte[] padded = [.. plain, .. new byte[(4 - (plain.Length % 4)) % 4]];
        for (var at = 0; at < padded.Length; at += 4)
        {
            var group = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(at));
            for (var i = 4; i >= 0; i--, group /= 85)
                digits[i] = (char)('!' + (group % 85));
            text.Append(digits);
        }

        return Encoding.ASCII.GetBytes(text + "~>");
    }

    /// <summary>Nine bits a code, and never a code of more than one byte: good LZW for up to 250 bytes.</summary>
    private static byte[] Lzw(byte[] plain)
    {
        var bits = string.Concat(new[] { 256 }.Concat(plain.Select(b => (int)b)).Append(257).Select(code => Convert.ToString(code, 2).PadLeft(9, '0')));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '0');
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
