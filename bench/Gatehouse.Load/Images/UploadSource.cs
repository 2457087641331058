using System.Globalization;
using System.Security.Cryptography;

namespace Gatehouse.Load;

/// <summary>The uploads of one run: which contact each goes to, and the hash that must arrive.</summary>
internal sealed class UploadSource(PngTemplate image, ulong run, int contacts)
{
    private long _last;

    public PngTemplate Image => image;

    public long Next() => Interlocked.Increment(ref _last);

    public void WriteOwn(Span<byte> to, long number) => image.WriteOwn(to, run, number);

    /// <summary>Spread by Knuth's multiplicative hash, so that neighbours in time are not neighbours in number.</summary>
    public string ContactOf(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{(((ulong)number * 2_654_435_761) + run) % (ulong)contacts:d12}");

    /// <summary>Lower-case hexadecimal SHA-256 of the whole image. Taken after the run, not during it.</summary>
    public string Sha256Of(long number)
    {
        Span<byte> own = stackalloc byte[image.OwnBytes];
        WriteOwn(own, number);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(own);
        hash.AppendData(image.Shared);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
