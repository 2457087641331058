using System.IO.Pipelines;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Multipart;

/// <summary>Reads a <c>multipart/form-data</c> body (RFC 7578, RFC 2046) strictly and as it streams in; <c>docs/http.md</c> says what passes.</summary>
public static class FormReader
{
    /// <summary>
    /// Reads the body to its end, or until something is wrong: then nothing more is parsed, and the rest stays in <paramref name="body"/>. Null when the form is sound and holds a file.
    /// What the pipe throws (a broken connection, a body too slow) is the caller's to catch.
    /// </summary>
    public static async ValueTask<Problem?> ReadAsync(PipeReader body, string? contentType, FormLimits limits, IFormSink sink, CancellationToken cancellationToken)
    {
        if (Boundary.Delimiter(contentType).Failed(out var refused, out var delimiter)) return refused;
        using var parser = new FormParser(delimiter, limits, sink);
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var problem = await ConsumeAsync(parser, read.Buffer, sink, cancellationToken);
            body.AdvanceTo(read.Buffer.End);
            if (problem is not null) return problem;
            if (read.IsCompleted) return parser.Complete();
            if (read.IsCanceled) throw new OperationCanceledException("The reading of the body was cancelled.");
        }
    }

    private static async ValueTask<Problem?> ConsumeAsync(
        FormParser parser, System.Buffers.ReadOnlySequence<byte> buffer, IFormSink sink, CancellationToken cancellationToken)
    {
        foreach (var segment in buffer)
        {
            var rest = segment;
            while (!rest.IsEmpty)
            {
                if (Step(parser, ref rest) is { } problem) return problem;
                if (parser.FileBegins is { } file && await sink.FileBeginAsync(file, cancellationToken) is { } refused) return refused;
            }
        }
        return null;
    }

    private static Problem? Step(FormParser parser, ref ReadOnlyMemory<byte> memory)
    {
        var span = memory.Span;
        var problem = parser.Consume(ref span);
        memory = memory[^span.Length..];
        return problem;
    }
}
