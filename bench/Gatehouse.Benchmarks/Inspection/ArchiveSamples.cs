using System.Globalization;
using System.Text;
using Gatehouse.Inspection.Tests.Office;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>Archives of photographs and of texts, and Office documents: a letter with pictures, a table of numbers, slides with pictures.</summary>
internal static class ArchiveSamples
{
    private const string PictureType = "<Default Extension='jpeg' ContentType='image/jpeg'/>";

    public static IEnumerable<InspectionSample> All()
    {
        yield return new("zip texts 10 KB", ZipBuilder.Of([.. Texts(3, 5_800)]));
        yield return new("zip texts 5 MB", ZipBuilder.Of([.. Texts(12, 1_000_000)]));
        yield return new("zip photos 5 MB", ZipBuilder.Of([.. Pictures("photos", 5, 1_000_000)]));
        yield return new("docx 10 KB", Letter(text: 16_000, pictures: 0));
        yield return new("docx 5 MB", Letter(text: 1_000_000, pictures: 9));
        yield return new("xlsx 10 KB", Table(sheets: 1, rows: 125));
        yield return new("xlsx 5 MB", Table(sheets: 4, rows: 17_000));
        yield return new("pptx 10 KB", Slides(count: 2, pictures: 0));
        yield return new("pptx 5 MB", Slides(count: 20, pictures: 10));
    }

    private static byte[] Letter(int text, int pictures)
    {
        var body = string.Concat(Words(text, seed: 1).Split('\n').Select(line => $"<w:p><w:pPr><w:spacing w:after='0'/></w:pPr><w:r><w:t xml:space='preserve'>{line}</w:t></w:r></w:p>"));
        var letter = OfficeBuilder.Word.WithType(PictureType).WithMain($"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>");
        return ZipBuilder.Of([.. letter.Items, .. Pictures("word/media", pictures, 500_000)]);
    }

    private static byte[] Table(int sheets, int rows)
    {
        var table = OfficeBuilder.Excel.With("xl/_rels/workbook.xml.rels", OfficeBuilder.Relations([.. Enumerable.Range(1, sheets).Select(i => ("worksheet", $"worksheets/sheet{Number(i)}.xml", false))]));
        for (var sheet = 1; sheet <= sheets; sheet++)
            table = table.With($"xl/worksheets/sheet{Number(sheet)}.xml", Sheet(rows, sheet));
        return table.Build();
    }

    private static string Sheet(int rows, int seed)
    {
        var random = new Random(seed);
        var sheet = new StringBuilder("<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>");
        for (var row = 1; row <= rows; row++)
        {
            sheet.Append(CultureInfo.InvariantCulture, $"<row r='{row}'>");
            for (var column = 'A'; column <= 'H'; column++)
                sheet.Append(CultureInfo.InvariantCulture, $"<c r='{column}{row}'><v>{random.Next(10_000_000) / 100m}</v></c>");
            sheet.Append(CultureInfo.InvariantCulture, $"<c r='I{row}'><f>SUM(A{row}:H{row})</f></c></row>");
        }

        return sheet.Append("</sheetData></worksheet>").ToString();
    }

    private static byte[] Slides(int count, int pictures)
    {
        var show = OfficeBuilder.PowerPoint.WithType(PictureType).With("ppt/_rels/presentation.xml.rels", OfficeBuilder.Relations([.. Enumerable.Range(1, count).Select(i => ("slide", $"slides/slide{Number(i)}.xml", false))]));
        for (var slide = 1; slide <= count; slide++)
        {
            var body = string.Concat(Words(6_000, slide).Split('\n').Select(line => $"<a:p><a:r><a:rPr lang='en-GB'/><a:t>{line}</a:t></a:r></a:p>"));
            show = show.With($"ppt/slides/slide{Number(slide)}.xml", $"<p:sld xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><p:txBody>{body}</p:txBody></p:sld>");
        }

        return ZipBuilder.Of([.. show.Items, .. Pictures("ppt/media", pictures, 500_000)]);
    }

    private static IEnumerable<ZipItem> Texts(int count, int length) => Enumerable.Range(1, count).Select(i => new ZipItem($"notes/{Number(i)}.txt", Encoding.UTF8.GetBytes(Words(length, i))));

    private static IEnumerable<ZipItem> Pictures(string folder, int count, int length) => Enumerable.Range(1, count).Select(i =>
    {
        var noise = new byte[length];
        new Random(i).NextBytes(noise);
        return new ZipItem($"{folder}/image{Number(i)}.jpeg", noise) { Method = ZipItem.Stored };
    });

    /// <summary>Lines of words, of which some are more frequent, so that it packs as a text does.</summary>
    private static string Words(int length, int seed)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, 4_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 10)).Select(_ => (char)('a' + random.Next(26))))).ToArray();
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(words[random.Next(1 + random.Next(words.Length))]).Append(random.Next(12) == 0 ? '\n' : ' ');
        return text.ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
