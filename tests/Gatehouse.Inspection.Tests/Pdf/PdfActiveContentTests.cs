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
    [InlineData(@"<</S/GoToR/F<</Type/Filespec/S/URI/F(\\\\host\\share)>>>>")]
    [InlineData("<</S/GoToR/F<</Type/Filespec/UF<EFBBBF5C5C686F73745C61>>>>>")]
    [InlineData(@"<</S/GoToR/F(/\\host/share)>>")]
    [InlineData("<</S/GoToR/F(/host.example/share/a.pdf)>>")]
    [InlineData(@"<</S/GoToR/F(\\??\\UNC\\host\\share)>>")]
    [InlineData("<</S/GoToR/F<</Type/Filespec/UF(/host.example/share/a.pdf)>>>>")]
    [InlineData(@"<</S/GoToR/F(\\/host/share)>>")]
    [InlineData(@"<</S/URI/URI(/\\host/share)>>")]
    [InlineData("<</S/URI/URI<EFBBBF6A6176617363726970743A31>>>")]
    [InlineData("<</S/URI/URI<FFFE6A006100760061007300630072006900700074003A003100>>>")]
    [InlineData("<</URI<</Base(javascript:1//)>>>>")]
    [InlineData("<</URI<</Base(file:////host/share/)>>>>")]
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
    [InlineData("<</S/GoToR/F(/c/docs/other.pdf)>>")]
    [InlineData("<</S/GoToR/F(/other.pdf)>>")]
    [InlineData("<</Names<</JavaScript<</Names[]>>>>>>")]
    [InlineData("<</Title(PHP: <?php explained)>>")]
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
    public void PHP_is_found_in_a_comment_and_not_in_what_the_document_says()
    {
        Judge.Accepts(new PdfBuilder().Object(4, "<</Title(<?php explained)>>").Stream(5, "", "BT (<?php echo 1;) Tj ET"u8.ToArray()).End());
        Judge.Refuses(new PdfBuilder().Text("%<?php system(1);\n").End(), Reasons.ScriptInMetadata);
        Judge.Refuses(PdfBuilder.With("<</A %<?PHP\n 1>>"), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void An_attached_file_is_refused_and_an_invoice_s_XML_passes()
    {
        var specification = "<</Type/Filespec/F(a.xml)/UF(a.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>";
        Judge.Accepts(new PdfBuilder().Object(4, specification).Stream(5, "/Type/EmbeddedFile", "<?xml version='1.0'?><Invoice/>"u8.ToArray()).End());
        var formulas = new PdfBuilder().Object(4, specification).Stream(5, "/Type/EmbeddedFile", "<math/>"u8.ToArray());
        Judge.Accepts(formulas.Object(6, specification.Replace("5 0 R", "7 0 R", StringComparison.Ordinal)).Stream(7, "/Type/EmbeddedFile", "<math/>"u8.ToArray()).End());
        Judge.Refuses(new PdfBuilder().Object(4, specification).Stream(5, "/Type/EmbeddedFile", "MZ..."u8.ToArray()).End(), Reasons.EmbeddedFile);
        Judge.Refuses(new PdfBuilder().Stream(5, "/Type/EmbeddedFile", "<a/>"u8.ToArray()).End(), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("<Invoice><p:Description xmlns:p='urn:x'>a</p:Description></Invoice>", true)]
    [InlineData("\u00FE\u00FF\0<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0'\01\0.\00\0'\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0U\0T\0F\0-\01\06\0'\0?\0>\0<\0a\0/\0>", true)]
    [InlineData("\u00FF\u00FE<\0s\0c\0r\0i\0p\0t\0/\0>\0", false)]
    [InlineData("< MZ #!/bin/sh rm -rf /", false)]
    [InlineData("<?mso-application progid='Word.Document'?><a/>", false)]
    [InlineData("<?xml-stylesheet type='text/xsl' href='http://example.org/x.xsl'?><a/>", false)]
    [InlineData("<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>", false)]
    [InlineData("<p:package xmlns:p='http://schemas.microsoft.com/office/2006/xmlPackage'/>", false)]
    [InlineData("<Invoice xmlns:h='http://www.w3.org/1999/xhtml'><h:img src='x'/></Invoice>", false)]
    [InlineData("<a><SCRIPT>1</SCRIPT></a>", false)]
    [InlineData("<a onclick='x'/>", false)]
    [InlineData("<a>X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*</a>", false)]
    public void An_invoice_is_XML_that_holds_data_and_nothing_else(string xml, bool passes)
    {
        var file = new PdfBuilder().Object(4, "<</Type/Filespec/F(a.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>").Stream(5, "/Type/EmbeddedFile", Encoding.Latin1.GetBytes(xml)).End();
        if (passes)
            Judge.Accepts(file);
        else
            Judge.Refuses(file, Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("<</Type/Filespec/F(run.hta)/EF<</F 5 0 R>>>>")]
    [InlineData("<</Type/Filespec/F(run.hta)/UF(a.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>")]
    [InlineData("<</Type/Filespec/F(a.xml)/UF 7 0 R/EF<</F 5 0 R>>/AFRelationship/Data>>")]
    [InlineData(@"<</Type/Filespec/F(run.hta\000.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>")]
    public void An_invoice_is_one_wherever_it_is_named(string other)
    {
        var file = new PdfBuilder().Object(4, "<</Type/Filespec/F(a.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>").Stream(5, "/Type/EmbeddedFile", "<a/>"u8.ToArray());
        Judge.Accepts(file.End());
        Judge.Refuses(file.Object(7, "(run.hta)").Text("7 0 obj\n(a.xml)\nendobj\n").Object(8, other).End(), Reasons.EmbeddedFile);
    }

    [Fact]
    public void Each_definition_of_an_invoice_is_looked_through()
    {
        var file = new PdfBuilder().Object(4, "<</Type/Filespec/F(a.xml)/EF<</F 5 0 R>>/AFRelationship/Data>>").Stream(5, "/Type/EmbeddedFile", "MZ..."u8.ToArray());
        Judge.Refuses(file.Text("5 0 obj\n<</Length 4>>\nstream\n<a/>\nendstream\nendobj\n").End(), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData("<xdp><submit target='http://example.org'/></xdp>")]
    [InlineData("<xdp><execute connection='a'/></xdp>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a '&#60;scr'>]><xdp/>")]
    [InlineData("<xdp><scr")]
    [InlineData("\0<\0x\0:\0s\0c\0r\0i\0p\0t\0>")]
    public void A_form_is_refused_for_what_acts_in_any_packet(string packet)
    {
        var file = new PdfBuilder().Object(4, "<</XFA[(a)5 0 R(b)6 0 R]>>").Stream(5, "", Encoding.ASCII.GetBytes(packet)).Stream(6, "", "ipt/>"u8.ToArray());
        Judge.Refuses(file.End(), Reasons.ActiveContent);
    }

    [Theory]
    [InlineData("<?xml-stylesheet href='a.xslt'?><xdp/>")]
    [InlineData(@"<xdp><image href='\\host\share\a.png'/></xdp>")]
    [InlineData("<xdp><image href = \"http://example.org/a.png\"/></xdp>")]
    [InlineData("<xdp><draw usehref='&#92;\\host/a.xdp'/></xdp>")]
    public void A_form_is_refused_for_what_it_fetches(string form) =>
        Judge.Refuses(new PdfBuilder().Object(4, "<</XFA 5 0 R>>").Stream(5, "", Encoding.ASCII.GetBytes(form)).End(), Reasons.ActiveContent);

    [Fact]
    public void An_XFA_form_is_refused_only_with_a_script()
    {
        Judge.Accepts(new PdfBuilder().Object(4, "<</XFA 5 0 R>>").Stream(5, "", "<xdp><field/><image href='a/b.png'/></xdp>"u8.ToArray()).End());
        var inflates = PdfBuilder.Deflate("<xdp><script>1</script></xdp>"u8.ToArray());
        inflates[^1]++;
        Judge.Refuses(new PdfBuilder().Object(4, "<</XFA 5 0 R>>").Stream(5, "/Filter/FlateDecode", inflates).End(), Reasons.ActiveContent);
        Judge.Refuses(new PdfBuilder().Object(4, "<</XFA 5 0 R>>").Stream(5, "/Filter/FlateDecode", inflates[2..]).End(), Reasons.ActiveContent);
        Judge.Refuses(new PdfBuilder().Object(4, "<</XFA[(t)5 0 R]>>").Stream(5, "", "<xdp><script>1</script></xdp>"u8.ToArray()).End(), Reasons.ActiveContent);
    }

    [Fact]
    public void The_packets_of_a_form_are_no_attached_files_whatever_they_are_called()
    {
        Judge.Accepts(new PdfBuilder().Object(4, "<</XFA[(t)5 0 R]>>").Stream(5, "/Type/EmbeddedFile", "<xdp><field/></xdp>"u8.ToArray()).End());
        Judge.Refuses(new PdfBuilder().Object(4, "<</XFA[(t)5 0 R]>>").Stream(5, "/Type/EmbeddedFile", "MZ..."u8.ToArray()).End(), Reasons.ActiveContent);
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
