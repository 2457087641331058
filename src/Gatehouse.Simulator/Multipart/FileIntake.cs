namespace Gatehouse.Simulator;

/// <summary>The file that a call brought.</summary>
internal sealed record TakenFile(string? FileName, string? Mime, HashedBytes Bytes);

/// <summary>The one file of a multipart body, hashed as it streams by.</summary>
internal sealed class FileIntake(ImageShelf images) : IDisposable
{
    private PartHeaders? _headers;
    private BytesIntake? _bytes;

    public bool HasFile => _headers is not null;

    public string? FileName => _headers?.FileName;

    public long Size => _bytes?.Size ?? 0;

    /// <summary>False when there was a file already.</summary>
    public bool Begin(PartHeaders headers)
    {
        if (_headers is not null)
            return false;
        _headers = headers;
        _bytes = new BytesIntake(images.Draft(headers.Mime));
        return true;
    }

    public void Append(ReadOnlySpan<byte> bytes) => _bytes?.Append(bytes);

    public TakenFile Finish() => new(FileName, _headers?.Mime, (_bytes ?? throw new InvalidOperationException("No file has begun.")).Finish());

    public void Dispose() => _bytes?.Dispose();
}
