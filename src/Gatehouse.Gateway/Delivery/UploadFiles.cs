using System.Buffers;
using System.Security.Cryptography;
using Gatehouse.Actors;

namespace Gatehouse.Gateway.Delivery;

/// <summary>An upload's durable bytes, wherever its size put them: beside the state, or in the blob store.</summary>
public sealed class UploadFiles(ISmallFiles small, IBlobStore blobs, FilePlaces places)
{
    /// <summary>As much as delivery reads at a time, so that a file in the database costs as few statements.</summary>
    private const int Piece = 256 * 1024;

    /// <summary>
    /// Opened only if it is, by its SHA-256, what the customer sent: a disk that lost bytes, or a copy of the data folder that was made while it was written, must not send one customer's file as another's. A file
    /// that is sent right after its admission does not pass here.
    /// </summary>
    /// <exception cref="InvalidDataException">Other bytes are there than were kept, or fewer.</exception>
    public async ValueTask<FileBytes?> OpenAsync(UploadRow row, CancellationToken cancellationToken)
    {
        if (await FindAsync(row, cancellationToken) is not { } file) return null;
        try
        {
            if (file.Length == row.Size && string.Equals(await Sha256Async(file, cancellationToken), row.Sha256, StringComparison.Ordinal)) return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
        file.Dispose();
        throw new InvalidDataException("The stored bytes are not those that were received.");
    }

    /// <summary>For who has found before, in this process, that it is what the customer sent, or gives out none of it.</summary>
    public ValueTask<FileBytes?> OpenSoundAsync(UploadRow row, CancellationToken cancellationToken) => FindAsync(row, cancellationToken);

    /// <summary>Where this node would have put it; else in the other place, as a node of another kind on the same rows may have admitted it.</summary>
    private async ValueTask<FileBytes?> FindAsync(UploadRow row, CancellationToken cancellationToken) => places.GoesWithTurn(row.Size)
        ? await small.OpenAsync(row.Id, cancellationToken) ?? await blobs.OpenAsync(row.Id, cancellationToken)
        : await blobs.OpenAsync(row.Id, cancellationToken) ?? await small.OpenAsync(row.Id, cancellationToken);

    private static async ValueTask<string> Sha256Async(FileBytes file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            long offset = 0;
            for (int read; (read = await file.ReadAtAsync(offset, piece, cancellationToken)) > 0; offset += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(piece.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
