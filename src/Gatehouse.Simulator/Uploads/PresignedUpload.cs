using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gatehouse.Simulator;

/// <summary>Leave to put one file at one address: signed, for a while, with headers that have to be sent as they are.</summary>
internal sealed class PresignedUpload(string fileName, string mime, long size, DateTimeOffset ends)
{
    private HashedBytes? _bytes;

    public string Id { get; } = Guid.NewGuid().ToString();

    public string Signature { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    public string FileName { get; } = fileName;

    public string Mime { get; } = mime;

    /// <summary>The signed length, in bytes.</summary>
    public long Size { get; } = size;

    public DateTimeOffset Ends { get; } = ends;

    /// <summary>Headers that whoever uploads was told to send, and sends exactly so.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The one content type that is taken; null when it is among the headers, or any is.</summary>
    public string? ContentType { get; init; }

    /// <summary>Told once the file has come.</summary>
    public Action<PresignedUpload>? Taken { get; init; }

    /// <summary>What was put there last; null until something was.</summary>
    public HashedBytes? Bytes => Volatile.Read(ref _bytes);

    public string UrlAt(HttpRequest request) => $"{request.Scheme}://{request.Host}/uploads/{Id}?X-Amz-Expires=600&X-Amz-Signature={Signature}";

    public void Put(HashedBytes bytes)
    {
        Interlocked.Exchange(ref _bytes, bytes)?.Image?.Discard();
        Taken?.Invoke(this);
    }

    /// <summary>The bytes for a receipt; their image goes with the first.</summary>
    public HashedBytes? TakeBytes()
    {
        var bytes = Bytes;
        if (bytes?.Image is not null)
            Interlocked.CompareExchange(ref _bytes, bytes with { Image = null }, bytes);
        return bytes;
    }

    public void Forget() => Interlocked.Exchange(ref _bytes, null)?.Image?.Discard();
}
