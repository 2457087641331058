using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>Valid documents of every make: a table, object and cross-reference streams, an update, a lock that the empty password opens.</summary>
internal static class PdfSamples
{
    public static byte[] Random(Random random) => random.Next(16) switch
    {
        < 5 => Plain(random),
        < 10 => Packed(random),
        < 14 => Updated(random),
        _ => Locked(random.Next(2, 7), random),
    };

    public static byte[] Plain(Random random)
    {
        var file = new PdfBuilder();
        Fill(file, random);
        return file.End();
    }

    public static byte[] Packed(Random random)
    {
        var file = new PdfBuilder(new Dictionary<int, string>());
        Fill(file, random);
        var (filter, pack) = Filter(random);
        return file.EndPacked(9, PdfBuilder.Skeleton, filter, pack);
    }

    /// <summary>An incremental update (ISO 32000-1, 7.5.6): the page again, and a table that leads to the first one.</summary>
    public static byte[] Updated(Random random)
    {
        var first = Plain(random);
        var text = Encoding.Latin1.GetString(first);
        var previous = text[(text.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10)..].Split('\n')[0];
        var page = "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 20]>>\nendobj\n";
        return
        [
            .. first,
            .. Encoding.Latin1.GetBytes(page),
            .. Encoding.Latin1.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"xref\n3 1\n{first.Length:D10} 00000 n \ntrailer\n<</Size 9/Root 1 0 R/Prev {previous}>>\nstartxref\n{first.Length + page.Length}\n%%EOF\n")),
        ];
    }

    public static byte[] Locked(int revision, Random random, bool byOwner = false)
    {
        var cipher = new PdfLock(revision, random, byOwner);
        var title = Convert.ToHexString(cipher.Encrypt("A title"u8.ToArray(), 5));
        var file = new PdfBuilder(new Dictionary<int, string>(PdfBuilder.Skeleton) { [3] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>" });
        file.Stream(4, string.Empty, cipher.Encrypt("0 0 m 9 9 l S"u8.ToArray(), 4));
        file.Object(5, $"<</Title<{title}>>>");
        file.Object(6, cipher.Dictionary);
        var id = Convert.ToHexString(cipher.Id);
        return file.End($"/Info 5 0 R/Encrypt 6 0 R/ID[<{id}><{id}>]");
    }

    private static void Fill(PdfBuilder file, Random random)
    {
        for (var number = 4; number < 4 + random.Next(4); number++)
        {
            if (random.Next(3) == 0)
            {
                var (filter, pack) = Filter(random);
                file.Stream(number, filter, pack(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0 0 m 9 9 l S ", random.Next(12))))));
            }
            else
            {
                file.Object(number, Value(random, 0));
            }
        }
    }

    private static (string Entries, Func<byte[], byte[]> Pack) Filter(Random random) => random.Next(4) switch
    {
        0 => (string.Empty, data => data),
        1 => ("/Filter/FlateDecode", PdfBuilder.Deflate),
        2 => ("/Filter/ASCIIHexDecode", data => Encoding.ASCII.GetBytes(Convert.ToHexString(data) + ">")),
        _ => ("/Filter[/ASCIIHexDecode/FlateDecode]", data => Encoding.ASCII.GetBytes(Convert.ToHexString(PdfBuilder.Deflate(data)) + ">")),
    };

    private static string Value(Random random, int depth) => (depth > 2 ? random.Next(6) : random.Next(9)) switch
    {
        0 => random.Next(-9, 9999).ToString(CultureInfo.InvariantCulture),
        1 => (random.NextDouble() * 100).ToString("0.###", CultureInfo.InvariantCulture),
        2 => "(some (nested) text \\) \\101\\n)",
        3 => "<48656C6C6F>",
        4 => "/Na#6de",
        5 => depth == 0 ? "[3 0 R]" : "3 0 R",
        6 => "[" + string.Join(' ', Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth + 1))) + "]",
        7 => "<</S/GoTo/D[3 0 R/Fit]/Next " + Value(random, depth + 1) + ">>",
        _ => "<</A/B /C " + Value(random, depth + 1) + "/URI(https://example.org/a)>>",
    };
}
