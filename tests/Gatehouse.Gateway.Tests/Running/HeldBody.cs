using System.Net;
using System.Net.Http.Headers;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A form whose file's beginning is sent, and whose rest waits for the test.</summary>
internal sealed class HeldBody : HttpContent
{
    private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldBody() => Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=held");

    /// <summary>The beginning has been handed to the network.</summary>
    public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Finish() => _rest.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("--held\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\nthe beginning"u8.ToArray(), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        Began.TrySetResult();
        await _rest.Task.WaitAsync(cancellationToken);
        await stream.WriteAsync(" and the end\r\n--held--\r\n"u8.ToArray(), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
