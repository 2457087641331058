using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Storage.Moving;

/// <summary>Reads both sides of a move whole and compares how many rows they have and what they hash to. Files are hashed by their bytes.</summary>
internal sealed class MoveComparison(MoveSource source, MoveTarget target, IBlobStore disk, int portion)
{
    private const string ActorsSql = "SELECT kind, key, version, schema, state, due_at, waiting FROM gatehouse.actors ORDER BY kind, key";

    private const string UploadsSql = $"SELECT {UploadColumns.Names}, ended_at FROM gatehouse.uploads ORDER BY id";

    private const string FilesSql = "SELECT id, contact_id, size, created_at, ended_at, keep_until, sha256(bytes) FROM gatehouse.files ORDER BY id";

    /// <exception cref="MoveRefusedException">They differ.</exception>
    public async Task RunAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        using RowDigest actors = new(), uploads = new(), files = new(), movedActors = new(), movedUploads = new(), movedFiles = new();
        for (var (kind, key) = ("", ""); source.Actors(kind, key, portion) is { Count: > 0 } rows; (kind, key) = (rows[^1].Key.Kind, rows[^1].Key.Key))
        {
            foreach (var actor in rows) actors.Add(actor);
        }
        await target.Command(ActorsSql).EachAsync(
            row => movedActors.Add(new MovedActor(
                new ActorKey(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4), row.MaybeTime(5), row.GetBoolean(6))),
            cancellationToken);
        Compare("actors", actors, movedActors, tell);

        for (UploadId? after = null; source.UploadsById(after, portion) is { Count: > 0 } rows; after = rows[^1].Row.Id)
        {
            foreach (var upload in rows)
            {
                uploads.Add(upload.Row, upload.EndedAt);
                if (upload.HasFile) await AddFileAsync(files, upload, cancellationToken);
            }
        }
        await target.Command(UploadsSql).EachAsync(row => movedUploads.Add(UploadColumns.Read(row), row.MaybeTime(UploadColumns.Count)), cancellationToken);
        Compare("uploads", uploads, movedUploads, tell);
        await target.Command(FilesSql).EachAsync(
            row => movedFiles.AddFile(
                Value.ToId(row.GetGuid(0)), row.GetString(1), row.GetInt64(2), row.MaybeTime(3), row.MaybeTime(4), row.MaybeTime(5), row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6)),
            cancellationToken);
        Compare("files", files, movedFiles, tell);
    }

    /// <summary>A blob is compared with its copy here and now.</summary>
    private async Task AddFileAsync(RowDigest files, MovedUpload upload, CancellationToken cancellationToken)
    {
        var row = upload.Row;
        using var small = await source.SmallFileAsync(row.Id, cancellationToken);
        files.AddFile(row.Id, row.ContactId, row.Size, row.CreatedAt, upload.EndedAt, upload.FileUntil, small is null ? null : await HashAsync(small, cancellationToken));
        if (small is not null || !target.TakesBlobs) return;
        using var blob = await disk.OpenAsync(row.Id, cancellationToken);
        if (blob is null) return;
        using var copy = await target.OpenBlobAsync(row.Id, cancellationToken);
        var here = await HashAsync(blob, cancellationToken);
        var there = copy is null ? [] : await HashAsync(copy, cancellationToken);
        if (!here.AsSpan().SequenceEqual(there))
            throw new MoveRefusedException($"The bytes of upload {row.Id} differ between the folder and the database: empty the database and move again.");
    }

    private static async Task<byte[]> HashAsync(FileBytes file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(2 * BlobSql.PartBytes);
        try
        {
            int read;
            for (long offset = 0; (read = await file.ReadAtAsync(offset, piece, cancellationToken)) > 0; offset += read) hash.AppendData(piece, 0, read);
            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static void Compare(string what, RowDigest source, RowDigest target, Action<string> tell)
    {
        var (here, there) = (source.End(), target.End());
        if (source.Rows != target.Rows || !string.Equals(here, there, StringComparison.Ordinal))
        {
            throw new MoveRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {what} differ: the folder has {source.Rows:N0} with hash {here}, the database {target.Rows:N0} with hash {there}. The folder is as it was; empty the database and move again."));
        }
        tell(string.Create(CultureInfo.InvariantCulture, $"Compared: {source.Rows:N0} {what}, SHA-256 {here} on both sides."));
    }
}
