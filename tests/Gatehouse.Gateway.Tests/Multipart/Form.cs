using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Tests.Multipart;

/// <summary>Bodies for tests, in Latin-1 so that any byte can be written, and their reading.</summary>
internal static class Form
{
    public const string Boundary = "BX";
    public const string ContentType = "multipart/form-data; boundary=BX";

    public static readonly FormLimits Limits = new() { MaxFileBytes = 1000 };

    public static string Field(string name, string value, string headers = "") =>
        $"--BX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{headers}\r\n{value}\r\n";

    public static string File(string content = "hello", string disposition = "name=\"file\"; filename=\"a.txt\"", string headers = "Content-Type: text/plain\r\n") =>
        $"--BX\r\nContent-Disposition: form-data; {disposition}\r\n{headers}\r\n{content}\r\n";

    public const string End = "--BX--\r\n";

    public static byte[] Bytes(string body) => Encoding.Latin1.GetBytes(body);

    /// <summary>As UTF-8 written into Latin-1 text.</summary>
    public static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static Task<(Problem? Problem, RecordingSink Sink)> ReadAsync(string body, string contentType = ContentType, FormLimits? limits = null) =>
        ReadAsync(Bytes(body), contentType, limits);

    public static async Task<(Problem? Problem, RecordingSink Sink)> ReadAsync(byte[] body, string contentType = ContentType, FormLimits? limits = null)
    {
        var sink = new RecordingSink();
        return (await FormReader.ReadAsync(PipeReader.Create(new ReadOnlySequence<byte>(body)), contentType, limits ?? Limits, sink, CancellationToken.None), sink);
    }

    /// <summary>Reads the body in pieces, one read each, so that every cut is met.</summary>
    public static async Task<string> ReadInPiecesAsync(byte[] body, IReadOnlyList<int> cuts, string contentType = ContentType)
    {
        var sink = new RecordingSink();
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        var reading = FormReader.ReadAsync(pipe.Reader, contentType, Limits, sink, CancellationToken.None).AsTask();
        var start = 0;
        foreach (var cut in cuts.Append(body.Length))
        {
            // The reader runs inline in the flush, so each piece is a read of its own.
            if (reading.IsCompleted) break;
            await pipe.Writer.WriteAsync(body.AsMemory(start..cut));
            start = cut;
        }
        await pipe.Writer.CompleteAsync();
        return sink.Describe(await reading);
    }
}
