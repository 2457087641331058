using System.Net;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Simulator;

/// <summary>What came of a download. <see cref="Problem"/>: one sentence; null when the file came as the message said.</summary>
internal sealed record Downloaded(HashedBytes? Bytes, string? Mime, string? Problem)
{
    public Receipt Onto(Receipt receipt) => receipt with
    {
        Attachment = Problem is null ? Receipt.Fetched : Receipt.Failed,
        Problem = Problem,
        Size = Bytes?.Size,
        Sha256 = Bytes?.Sha256,
        FetchedMime = Mime,
        Image = Bytes?.Image,
    };
}

/// <summary>One download: http and https only, at most five redirects, bounded in bytes and time, hashed as it streams by.</summary>
internal sealed class Download(HttpClient http, ImageShelf images, TimeProvider time)
{
    private const int MostRedirects = 5;

    // Genesys: attachments "up to 25 MB". A link is for people to follow; when it is fetched all the same, this bounds it.
    private const long MostAttachmentBytes = 25L << 20;
    private const long MostLinkBytes = 1L << 30;

    private static readonly TimeSpan WholeDownload = TimeSpan.FromSeconds(60);

    public static HttpClient Client() => new(new SocketsHttpHandler
    {
        MaxAutomaticRedirections = MostRedirects,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // The download's own clock bounds it, body included.
    };

    public async Task<Downloaded> RunAsync(OpenAttachment attachment, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(WholeDownload, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            using var reply = await http.GetAsync(new Uri(attachment.Url), HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (reply.StatusCode != HttpStatusCode.OK)
                return Nothing((int)reply.StatusCode is >= 300 and < 400 ? $"The address redirects more than {MostRedirects} times, or to where it must not." : $"The address answers {Invariant.Text((int)reply.StatusCode)}.");
            return await TakeAsync(reply, attachment, both.Token);
        }
        catch (OperationCanceledException)
        {
            return Nothing($"The download took longer than {Invariant.Text((long)WholeDownload.TotalSeconds)} s.");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return Nothing($"The download failed: {broken.Message}");
        }
    }

    private async Task<Downloaded> TakeAsync(HttpResponseMessage reply, OpenAttachment attachment, CancellationToken cancellationToken)
    {
        var most = attachment.IsLink ? MostLinkBytes : MostAttachmentBytes;
        if (reply.Content.Headers.ContentLength > most)
            return TooLarge(most);
        using var bytes = new BytesIntake(images.Draft(attachment.Mime));
        await using var body = await reply.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            bytes.Append(buffer.AsSpan(0, count));
            if (bytes.Size > most)
                return TooLarge(most);
        }

        var hashed = bytes.Finish();
        var mime = MediaTypeHeaderValue.TryParse(reply.Content.Headers.ContentType?.ToString(), out var type) ? type.MediaType.Value?.ToLowerInvariant() : null;
        return new Downloaded(hashed, mime, attachment.Sha256 is { } said && !string.Equals(said, hashed.Sha256, StringComparison.Ordinal) ? $"The bytes' SHA-256 is not the message's, {said}." : null);
    }

    private static Downloaded TooLarge(long most) => Nothing($"The file is larger than {Invariant.Text(most)} bytes.");

    private static Downloaded Nothing(string problem) => new(null, null, problem);
}
