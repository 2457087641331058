using System.Security.Cryptography;

namespace Gatehouse.Simulator;

/// <summary>The file that a call brought.</summary>
internal sealed record TakenFile(string? FileName, string? Mime, long Size, string Sha256, ImageDraft? Image);

/// <summary>Hashes a file as it streams by and keeps a copy of it when it is an image that the page can show.</summary>
internal sealed class FileIntake(ImageShelf images) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private PartHeaders? _headers;
    private ImageDraft? _image;
    private long _size;

    public bool HasFile => _headers is not null;

    /// <summary>False when there was a file already.</summary>
    public bool Begin(PartHeaders headers)
    {
        if (_headers is not null)
            return false;
        _headers = headers;
        _image = images.Draft(headers.Mime);
        return true;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _size += bytes.Length;
        _image?.Append(bytes);
    }

    public TakenFile Finish()
    {
        var image = _image;
        _image = null;
        return new TakenFile(_headers?.FileName, _headers?.Mime, _size, Convert.ToHexStringLower(_hash.GetHashAndReset()), image);
    }

    public void Dispose()
    {
        _hash.Dispose();
        _image?.Discard();
    }
}
