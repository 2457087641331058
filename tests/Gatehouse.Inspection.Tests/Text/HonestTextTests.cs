using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Text;

public sealed class HonestTextTests
{
    public static TheoryData<string> Notes => new(
        "Hello, my order number is 4711, it has not come.",
        "BMW dealer told me to write to you",
        "BM",
        "ID3 Volkswagen lease contract question",
        "MZ is my initials; please call me back today",
        "PK is how my friends call me",
        "AC10 model aircon broken",
        "GIF89",
        "RIFF between us and the neighbours, WAVE goodbye",
        "From: my wife\nShe says the washing machine leaks.",
        "import duty was charged twice, why?",
        "import duty",
        "%PDF files do not open on my phone, error 17",
        "if a < b and c > d then <ok>",
        "I wrote <b> and it vanished. Then <word> and <br> too.",
        "<ok> is what it said",
        "<http://example.org/?a=b> is the page that fails",
        "Write to Bob <bob@example.org>, subject = refund, only = once",
        "See %PDF-1.7 in the menu; our object number 7 is in the yard.",
        "A %PDF-1.4 of 2019\nobjects to nothing, 100 % of 2 1\nobjections are in it.",
        "<!-- a remark -->\nand then prose",
        "Progress: 5% done, 95% > open, <5% failed %>",
        "Call +49 170 1234567 or +ADAC hotline",
        "a,b,c\n1,2,3\n4,5,6\n",
        "key = value\nother = 5\nlast = true\n",
        "NAME=gatehouse\nPORT=8080\nHOST=localhost\n",
        "{\"error\":\"x\",\n \"code\": 5\n}\n",
        "class of 2009 reunion:\nfor the photos: see below\nreturn by Monday.\nlet me know;",
        "echo of the past\nfind the letter\ncat food\n",
        "2026-11-22 INFO started (in 5 ms);\n2026-11-22 WARN slow (see docs);\nend of log\n",
        "#hashtag and #!important",
        "BEGIN: my story",
        "@echo friends: hello",
        "[Desktop Entry is what it says]",
        "line\ttab\fform feed\r\nend",
        "{ \\rt is no command here }",
        "%!TEX root = thesis.tex\nIntroduction",
        "ID;PRICE;NAME\n1;2;x\n",
        "[Shell] is where I stopped, see [1]",
        "Regedit shows:\nHKEY_CURRENT_USER is missing",
        "REM tells me nothing\nneither does the band",
        "WEB\n2.0 was better",
        "The address: s: unknown",
        "See <base href='/'>, that is what the guide says, and <form action='/search'> too",
        "Set <meta http-equiv='content-type'> and <meta name=refresh>, they said",
        "Sizes: a+b, AB+ADAC+x, C++ and +AGB are none",
        "onclick = \"x\" is what the page shows me",
        "a <b and it goes only = so far",
        "# How to install\n\nFirst\n\n```js\n" + string.Concat(Enumerable.Repeat("a.start();\n", 20)) + "```\n",
        "# How to start\n\n```js\n" + string.Concat(Enumerable.Repeat("a.start();\n", 20)) + "```\n",
        string.Concat(Enumerable.Repeat("It is started so, on any machine that has the room for it.\n", 700)) + "```js\n" + string.Concat(Enumerable.Repeat("a.start();\n", 4000)) + "```\n",
        "Example\n-------\n\nDo this::\n\n" + string.Concat(Enumerable.Repeat("    a.start(b)\n", 20)),
        "set(NAME gatehouse)\nset(SOURCES a.c b.c)\nadd_library(name ${SOURCES})\ninstall(TARGETS name DESTINATION lib)\n",
        "return the form\nassert your rights\nraise the price of it\nyield to the left\ndel key is stuck\n",
        "get well soon, class\nnew mail, default folder\n? no answer\n: no reply, either,\nstatic noise\n");

    [Theory]
    [MemberData(nameof(Notes))]
    public void An_honest_note_is_plain_text_whatever_words_it_begins_with(string note)
    {
        var accepted = Judge.Accepts(Encoding.UTF8.GetBytes(note));
        Assert.Equal(("text/plain", "us-ascii"), (accepted.Mime, accepted.Charset));
    }

    [Fact]
    public void A_byte_order_mark_names_the_charset()
    {
        Assert.Equal("utf-8", Judge.Accepts([0xEF, 0xBB, 0xBF, .. "Hello"u8]).Charset);
        Assert.Equal("utf-16", Judge.Accepts([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Grüße 😀")]).Charset);
        Assert.Equal("utf-16", Judge.Accepts([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Grüße 😀")]).Charset);
        Assert.Equal("utf-8", Judge.Accepts("Grüße 😀"u8.ToArray()).Charset);
    }

    [Fact]
    public void UTF16_of_many_windows_is_read_to_its_end_however_it_is_cut() => Property.Holds(20, random =>
    {
        // 18,000 characters, of one to four bytes in UTF-8: no window ends where the one before it did.
        var text = string.Concat(Enumerable.Range(0, 18_000).Select(i => (i % 61) switch { 0 => "\r\n", 7 => "ü", 19 => "€", 31 => "😀", _ => "a" }));
        Encoding encoding = random.Next(2) == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode;
        byte[] file = [.. encoding.Preamble, .. encoding.GetBytes(text)];
        Assert.Equal("utf-16", Assert.IsType<Verdict.Accept>(Judge.InPieces(file, Property.Pieces(random))).Charset);
        Assert.Equal(Reasons.MarkupAsText, Assert.IsType<Verdict.Refuse>(Judge.InPieces([.. file, .. encoding.GetBytes("<script>x</script>")], Property.Pieces(random))).Reason);
    });

    [Fact]
    public void A_last_0x1A_passes_and_one_before_the_end_does_not()
    {
        Judge.Accepts([.. "DOS ended texts so\r\n"u8, 0x1A]);
        Judge.Refuses([.. "not so"u8, 0x1A, .. " here"u8], Reasons.BinaryAsText);
    }
}
