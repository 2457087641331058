using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gatehouse.Api.Inspecting;

/// <summary>Prints a report: a JSON object a line for programs, a line for people.</summary>
internal static class FileReportPrinter
{
    // Read by programs, never embedded in HTML: names keep their letters.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Json(TextWriter output, FileReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("path", report.Path);
            json.WriteNumber("size", report.Size);
            json.WriteString("sha256", report.Sha256);
            json.WriteString("detected_mime", report.DetectedMime);
            json.WriteString("verdict", report.Accepted ? "accept" : "refuse");
            json.WriteString("code", report.Code);
            json.WriteString("reason", report.Reason);
            json.WriteStartArray("flags");
            foreach (var flag in report.Flags) json.WriteStringValue(flag);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    public static void Text(TextWriter output, FileReport report)
    {
        var path = Printable(report.Path);
        var size = report.Size.ToString(CultureInfo.InvariantCulture);
        if (report.Accepted)
            output.WriteLine($"accept  {path}  {report.DetectedMime}, {size} bytes{(report.Flags.Count > 0 ? $" ({string.Join(", ", report.Flags)})" : "")}");
        else
            output.WriteLine($"refuse  {path}  {report.DetectedMime}, {size} bytes: {report.Code}{(report.Reason is null ? "" : $" ({report.Reason})")}. {report.Sentence}");
    }

    /// <summary>A file's name must not steer the terminal.</summary>
    private static string Printable(string path) =>
        path.Any(char.IsControl) ? string.Concat(path.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : path;
}
