using System.Text;
using System.Xml;
using Gatehouse.Inspection.Office.Markup;

namespace Gatehouse.Inspection.Tests.Office.Markup;

/// <summary>The framework's reader says what a text is: ours reads the same, or refuses what that one takes, never the other way.</summary>
public sealed class MarkupReaderTests
{
    private static readonly string[] Honest =
    [
        "<a/>", "<?xml version='1.0'?><a>x</a>", "\uFEFF<?xml version=\"1.0\" encoding='utf-8' standalone = 'yes' ?>\r\n<a></a >\n<!-- end --><?end?>",
        "<a b='1' c = \"2\"\n/>", "<a b='&lt;&#65;&#x1F600;&amp;&quot;&apos;'>&gt;&#10;</a>", "<a><![CDATA[ ]] <b> & ]]]></a>", "<a>]] ] ></a>", "<a>]]]] ]]</a>", "<a>]</a>", "<a><![CDATA[]]]]]]]></a>", "<a b='\r\n\t x'>\r\n</a>",
        "<p:a xmlns:p='u'><p:b p:c='1' c='2'/></p:a>", "<a xmlns='u'><b xmlns=''><c/></b></a>", "<a xml:space='preserve' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
        "<ä é='ü'>日本</ä>", "<a><!-- <b> & ]]> --><?pi <b> & ?></a>", "<a><b></b><b/><b><c/>text</b></a>", "<a.b-c_d x.y-z_1=''/>", " <?pi?><!----><a/>",
        "<a xmlns:p='u'><b xmlns:p='v' p:c='1'/><p:d/></a>", "<a p:b='1' xmlns:p='u'/>", "<a>\U0001F600&#x10FFFF;</a>", "<?xml version='1.0' encoding='iso-8859-1'?><a>plain</a>",
    ];

    private static readonly string[] Broken =
    [
        "", " ", "text", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a/>x", "&amp;<a/>", "<a b/>", "<a b=c/>", "<a b='<'/>", "<a b='1'c='2'/>", "<a b='1' b='2'/>", "<a b='&x;'/>", "<a>&x;</a>",
        "<a>&</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>", "<a>]]></a>", "<a>]]]></a>", "<a>x]]]]></a>", "<a>\u0001</a>", "<a>\uFFFE</a>", "<a b='\u0001'/>", "<!DOCTYPE a><a/>", "<a><!DOCTYPE a></a>",
        "<!-- -- --><a/>", "<!--><a/>", "<!-- ", "<?xml version='1.1'?><a/>", " <?xml version='1.0'?><a/>", "<?xml?><a/>", "<?xml encoding='utf-8'?><a/>", "<?xml version='1.0' standalone='x'?><a/>",
        "<?xml version='1.0' standalone='yes' encoding='utf-8'?><a/>", "<?XML version='1.0'?><a/>", "<?p:i?><a/>", "<??><a/>", "<?pi", "<p:a/>", "<a p:b='1'/>", "<a:b:c xmlns:a='u'/>", "<:a/>", "<a:/>",
        "<a xmlns:p=''/>", "<a xmlns:xmlns='u'/>", "<a xmlns:xml='u'/>", "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "<1/>", "<a 1='2'/>", "< a/>",
        "<a / >", "<a></ a>", "<![CDATA[x]]><a/>", "<a><![CDATA[x</a>", "<a><![cdata[x]]></a>", "<a xmlns='u' xmlns='v'/>", "<?xml version='1.0' encoding='utf-16'?><a/>", "<?xml version='1.0' encoding='none'?><a/>",
        "<a b='x", "<a b='x'", "<a b=", "<a", "<", "<a>&#x;</a>", "<a>&#;</a>", "<a>&#1a;</a>", "<a>&am", "<p:a xmlns:p='u'></q:a>", "<p:a xmlns:p='u' xmlns:q='u'></q:a>",
    ];

    private static readonly string[] Pieces =
    [
        "<", ">", "/", "<a", "</a>", "<p:b ", "xmlns:p='u'", " c='1'", " p:c=\"2\"", "'", "\"", "=", " ", "&amp;", "&#65;", "&", ";", "]]>", "<![CDATA[", "<!--", "-->", "--", "<?pi ", "?>", "x", ":", "\r\n", "\u0001", "ü", "]", "!", "<a/>", "<b>", "</b>",
    ];

    [Fact]
    public void Well_formed_texts_are_read_as_the_framework_reads_them() => Assert.All(Honest, text => Compare(text, mustRead: true));

    [Fact]
    public void What_is_not_well_formed_is_not_read() => Assert.All(Broken, text => Assert.False(Ours(Encoding.UTF8.GetBytes(text)).IsWhole, text));

    [Theory]
    [InlineData(1200)]
    [InlineData(1201)]
    public void A_text_in_UTF_16_is_read_by_its_mark_and_by_its_first_bytes(int codePage)
    {
        var encoding = Encoding.GetEncoding(codePage);
        var text = "<?xml version='1.0' encoding='utf-16'?><a b='ü'>日本 \U0001F600</a>";
        foreach (byte[] bytes in new byte[][] { [.. encoding.Preamble, .. encoding.GetBytes(text)], encoding.GetBytes(text) })
            Assert.Equal(Theirs(bytes), Ours(bytes));
        Assert.False(Ours([.. encoding.Preamble, .. encoding.GetBytes(text.Replace("utf-16", "utf-8", StringComparison.Ordinal))]).IsWhole);
    }

    [Fact]
    public void A_declared_charset_of_one_byte_counts_from_the_declaration_on()
    {
        byte[] bytes = [.. "<?xml version='1.0' encoding='ISO-8859-1'?><a b='"u8, 0xFC, .. "'>gr"u8, 0xFC, 0xDF, .. "e</a>"u8];
        Assert.Equal("<a b=ü>größe</a>".Replace("ö", "ü", StringComparison.Ordinal), Ours(bytes).Events.Replace("{}", "", StringComparison.Ordinal));
        Assert.Equal(Theirs(bytes), Ours(bytes));
    }

    [Fact]
    public void Names_and_namespaces_that_are_open_at_once_are_bounded()
    {
        var name = new string('n', 400_000);
        Assert.True(Ours(Encoding.UTF8.GetBytes($"<{name}><{name}/><{name}></{name}></{name}>")).IsWhole);
        Assert.False(Ours(Encoding.UTF8.GetBytes($"<{name}><{name}><{name}></{name}></{name}></{name}>")).IsWhole);
        Assert.True(Ours(Encoding.UTF8.GetBytes($"<a xmlns:{name}='u'><b xmlns:{name}='v'/><b xmlns:{name}='w'/></a>")).IsWhole);
        Assert.False(Ours(Encoding.UTF8.GetBytes($"<a xmlns:{name}='u'><b xmlns:{name}='v'><b xmlns:{name}='w'/></b></a>")).IsWhole);
        Assert.True(Ours(Encoding.UTF8.GetBytes($"<a xmlns='{name[..1024]}' xmlns:p='{name[..1024]}'/>")).IsWhole);
        Assert.False(Ours(Encoding.UTF8.GetBytes($"<a xmlns='{name[..1025]}'/>")).IsWhole);
    }

    [Fact]
    public void Bytes_that_are_no_characters_are_not_read() => Assert.False(Ours([.. "<a>"u8, 0xC3, 0x28, .. "</a>"u8]).IsWhole);

    [Fact]
    public void Any_texts_of_such_pieces_are_read_alike()
    {
        var random = new Random(20261126);
        for (var i = 0; i < 40_000; i++)
        {
            var text = random.Next(2) == 0 ? Mutated(Honest[random.Next(Honest.Length)], random) : $"<a>{string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Pieces[random.Next(Pieces.Length)]))}</a>";
            Compare(text, mustRead: false);
        }
    }

    [Fact]
    public void A_text_is_read_the_same_however_its_bytes_come()
    {
        var random = new Random(1);
        foreach (var text in Honest.Select(t => t.Replace("x", new string('x', 40_000), StringComparison.Ordinal)))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(Ours(bytes), Ours(bytes, random));
        }
    }

    private static string Mutated(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var piece = Pieces[random.Next(Pieces.Length)];
        return random.Next(3) switch
        {
            0 => text.Insert(at, piece),
            1 => text.Remove(Math.Min(at, text.Length - 1), 1),
            _ => text[..at] + piece + text[Math.Min(text.Length, at + piece.Length)..],
        };
    }

    private static void Compare(string text, bool mustRead)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var (ours, theirs) = (Ours(bytes), Theirs(bytes));
        // That one takes other versions than 1.0 for it.
        var isStricter = text.Contains("version", StringComparison.Ordinal) && !ours.IsWhole && !mustRead;
        Assert.True(ours.IsWhole == theirs.IsWhole || isStricter, $"{text}: {ours} but {theirs}");
        Assert.True(ours.IsWhole || !mustRead, text);
        if (ours.IsWhole)
            Assert.Equal(theirs.Events, ours.Events);
    }

    private static (bool IsWhole, string Events) Ours(byte[] bytes, Random? pieces = null)
    {
        var events = new StringBuilder();
        using var reader = new MarkupReader(pieces is null ? new MemoryStream(bytes) : new DripStream(bytes, pieces));
        try
        {
            while (reader.Read())
            {
                if (reader.Kind is MarkupKind.Text)
                {
                    events.Append(reader.Text);
                    continue;
                }

                events.Append(reader.Kind is MarkupKind.Element ? "<" : "</").Append(reader.Name).Append('{').Append(reader.Namespace).Append('}').Append(reader.Depth is 0 ? "" : reader.Depth);
                for (var i = 0; reader.Kind is MarkupKind.Element && i < reader.Attributes.Count; i++)
                    events.Append(' ').Append(reader.Attributes[i].Name).Append('{').Append(reader.Attributes[i].Namespace).Append("}=").Append(reader.Attributes[i].Value);
                events.Append(reader.IsEmpty ? "/>" : ">");
            }

            return (true, Lines(events));
        }
        catch (MarkupException)
        {
            return (false, string.Empty);
        }
    }

    private static (bool IsWhole, string Events) Theirs(byte[] bytes)
    {
        var events = new StringBuilder();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true });
            while (reader.Read())
            {
                if (reader.Depth > 0 && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                    events.Append(reader.Depth == 0 ? "" : reader.Value);
                if (reader.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement))
                    continue;
                events.Append(reader.NodeType is XmlNodeType.Element ? "<" : "</").Append(reader.LocalName).Append('{').Append(reader.NamespaceURI).Append('}').Append(reader.Depth is 0 ? "" : reader.Depth);
                var isEmpty = reader.IsEmptyElement;
                for (var more = reader.NodeType is XmlNodeType.Element && reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
                    events.Append(' ').Append(reader.LocalName).Append('{').Append(reader.NamespaceURI).Append("}=").Append(reader.Value);
                events.Append(isEmpty ? "/>" : ">");
            }

            return (true, Lines(events));
        }
        catch (XmlException)
        {
            return (false, string.Empty);
        }
    }

    /// <summary>Line ends in texts are as they are written.</summary>
    private static string Lines(StringBuilder events) => events.Replace("\r\n", "\n").Replace('\r', '\n').ToString();

    /// <summary>A few bytes at a time.</summary>
    private sealed class DripStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 600))]);
    }
}
