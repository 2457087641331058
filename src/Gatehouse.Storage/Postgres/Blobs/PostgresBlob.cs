using System.Buffers;
using System.Data;
using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>A blob, read in ranges: each read is one statement. One that is deleted meanwhile ends early.</summary>
internal sealed class PostgresBlob(NpgsqlDataSource source, UploadId id, long length) : FileBytes
{
    public override long Length => length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        var wanted = (int)Math.Clamp(length - offset, 0, into.Length);
        if (wanted == 0) return 0;
        using var command = Parts(offset, wanted);
        try
        {
            using var reader = command.ExecuteReader(CommandBehavior.SequentialAccess);
            var count = 0;
            while (count < wanted && reader.Read())
            {
                using var part = reader.GetStream(0);
                count += part.ReadAtLeast(into[count..wanted], wanted - count, throwOnEndOfStream: false);
            }
            return count;
        }
        catch (NpgsqlException e)
        {
            throw Unreadable(e);
        }
    }

    public override async ValueTask<int> ReadAtAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Clamp(length - offset, 0, into.Length);
        if (wanted == 0) return 0;
        await using var command = Parts(offset, wanted);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
            var count = 0;
            while (count < wanted && await reader.ReadAsync(cancellationToken))
            {
                await using var part = reader.GetStream(0);
                count += await part.ReadAtLeastAsync(into[count..wanted], wanted - count, throwOnEndOfStream: false, cancellationToken);
            }
            return count;
        }
        catch (NpgsqlException e)
        {
            throw Unreadable(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
    }

    private NpgsqlCommand Parts(long offset, int wanted)
    {
        var first = offset / BlobSql.PartBytes;
        var last = (offset + wanted - 1) / BlobSql.PartBytes;
        return source.CreateCommand(BlobSql.Parts).With(id, (int)first, (int)last, (int)(offset - (first * BlobSql.PartBytes)));
    }

    private static IOException Unreadable(NpgsqlException e) => new("A stored file could not be read from PostgreSQL.", Calls.Fault(e));
}
