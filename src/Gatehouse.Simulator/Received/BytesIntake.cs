using System.Security.Cryptography;

namespace Gatehouse.Simulator;

/// <summary>Bytes that went by. <paramref name="Sha256"/>: lower-case hexadecimal. <paramref name="Image"/>: a copy of them, where the page can show it.</summary>
internal sealed record HashedBytes(long Size, string Sha256, ImageDraft? Image);

/// <summary>Hashes and counts bytes as they stream by, and copies them into the draft where there is one.</summary>
internal sealed class BytesIntake(ImageDraft? draft) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ImageDraft? _image = draft;

    public long Size { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Size += bytes.Length;
        _image?.Append(bytes);
    }

    /// <summary>The draft goes to the caller.</summary>
    public HashedBytes Finish()
    {
        var taken = new HashedBytes(Size, Convert.ToHexStringLower(_hash.GetHashAndReset()), _image);
        _image = null;
        return taken;
    }

    public void Dispose()
    {
        _hash.Dispose();
        _image?.Discard();
    }
}
