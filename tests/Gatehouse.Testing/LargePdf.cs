using System.Text;

namespace Gatehouse.Testing;

/// <summary>A PDF of one page whose content is as long as the test wants the file.</summary>
public static class LargePdf
{
    private const string Line = "% a line of drawing instructions that draws nothing\n";

    public static byte[] Of(int size)
    {
        var text = new StringBuilder(size + 1024);
        var offsets = new List<int>();
        text.Append("%PDF-1.4\n");
        Begin("<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
        Begin("<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
        Begin("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>\nendobj\n");
        var lines = size / Line.Length;
        Begin($"<< /Length {lines * Line.Length} >>\nstream\n");
        for (var i = 0; i < lines; i++) text.Append(Line);
        text.Append("\nendstream\nendobj\n");
        var xref = text.Length;
        text.Append("xref\n0 5\n0000000000 65535 f \n");
        foreach (var offset in offsets) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());

        void Begin(string body)
        {
            offsets.Add(text.Length);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n").Append(body);
        }
    }
}
