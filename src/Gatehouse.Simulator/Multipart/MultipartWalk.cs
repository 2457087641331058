using System.Buffers;
using System.IO.Pipelines;

namespace Gatehouse.Simulator;

/// <summary>
/// Walks a <c>multipart/form-data</c> body (RFC 7578) as it arrives and gives the bytes of the one part <c>file</c> to the intake. Nothing is copied on the way: the
/// intake sees the server's own receive blocks.
/// </summary>
internal sealed class MultipartWalk(PipeReader body, byte[] boundary, FileIntake intake)
{
    private const int MostHeaderBytes = 16 * 1024;
    private const int MostParts = 64;

    private const string CutShort = "The multipart body ends before its closing boundary.";
    private readonly byte[] _delimiter = [.. "\r\n--"u8, .. boundary];

    /// <summary>Null when the body was whole and held one file; else one sentence saying what is wrong with it.</summary>
    public async ValueTask<string?> RunAsync(CancellationToken cancellationToken)
    {
        // The first delimiter has no line end before it: what precedes a body is empty with every form client.
        if (await TakeAsync(_delimiter.Length - 2, cancellationToken) is not { } first || !first.AsSpan().SequenceEqual(_delimiter.AsSpan(2)))
            return "The multipart body does not begin with its boundary.";

        for (var parts = 0; ; parts++)
        {
            if (await TakeAsync(2, cancellationToken) is not { } after)
                return CutShort;
            if (after.AsSpan().SequenceEqual("--"u8))
                break;
            if (!after.AsSpan().SequenceEqual("\r\n"u8))
                return "A boundary in the multipart body is not followed by a line end.";
            if (parts == MostParts)
                return "The multipart body has too many parts.";
            if (await PartAsync(cancellationToken) is { } problem)
                return problem;
        }

        await SkipRestAsync(cancellationToken);
        return intake.HasFile ? null : "The multipart body has no part named file.";
    }

    private async ValueTask<string?> PartAsync(CancellationToken cancellationToken)
    {
        var (headers, problem) = await HeadersAsync(cancellationToken);
        if (problem is not null)
            return problem;
        var isFile = headers is { Name: "file" };
        if (isFile && !intake.Begin(headers!))
            return "The multipart body has more than one part named file.";
        return await ContentAsync(isFile, cancellationToken) ? null : CutShort;
    }

    private async ValueTask<(PartHeaders? Headers, string? Problem)> HeadersAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var end = DelimiterSearch.Find(read.Buffer, "\r\n\r\n"u8);
            if (end is >= 0 and <= MostHeaderBytes)
            {
                var headers = PartHeaders.Read(read.Buffer.Slice(0, end).ToArray());
                body.AdvanceTo(read.Buffer.GetPosition(end + 4));
                return (headers, headers is null ? "A part of the multipart body has no field name." : null);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (end > MostHeaderBytes || read.Buffer.Length > MostHeaderBytes + 4)
                return (null, "A part of the multipart body has headers that are too long.");
            if (read.IsCompleted)
                return (null, CutShort);
        }
    }

    /// <summary>Passes content on up to the next delimiter and over it. False when the body ends before one.</summary>
    private async ValueTask<bool> ContentAsync(bool isFile, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var found = DelimiterSearch.Find(read.Buffer, _delimiter);
            // Without one, the last bytes may be the beginning of one and stay for the next look.
            var content = found >= 0 ? found : Math.Max(0, read.Buffer.Length - (_delimiter.Length - 1));
            if (isFile)
            {
                foreach (var piece in read.Buffer.Slice(0, content))
                    intake.Append(piece.Span);
            }

            if (found >= 0)
            {
                body.AdvanceTo(read.Buffer.GetPosition(found + _delimiter.Length));
                return true;
            }

            body.AdvanceTo(read.Buffer.GetPosition(content), read.Buffer.End);
            if (read.IsCompleted)
                return false;
        }
    }

    private async ValueTask<byte[]?> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var read = await body.ReadAtLeastAsync(count, cancellationToken);
        if (read.Buffer.Length < count)
        {
            body.AdvanceTo(read.Buffer.End);
            return null;
        }

        var taken = read.Buffer.Slice(0, count).ToArray();
        body.AdvanceTo(read.Buffer.GetPosition(count));
        return taken;
    }

    private async ValueTask SkipRestAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }
}
