using System.Buffers;
using System.Buffers.Binary;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite;

/// <summary>Small files' rows. The key is 63 bits of the random id, which saves an index; the id itself is beside it and is compared.</summary>
internal sealed class SmallFileStatements(Connection db)
{
    private readonly Statement _insert = db.Prepare("INSERT INTO small_files (key, id, bytes) VALUES (?1, ?2, ?3)");
    private readonly Statement _delete = db.Prepare("DELETE FROM small_files WHERE key = ?1 AND id = ?2");

    public static long KeyOf(UploadId id) => (long)(ulong)id.Value & long.MaxValue;

    public static void WriteId(UploadId id, Span<byte> into) => BinaryPrimitives.WriteUInt128BigEndian(into, id.Value);

    public void Keep(UploadId id, in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Insert(id, bytes.FirstSpan);
            return;
        }
        var whole = ArrayPool<byte>.Shared.Rent(checked((int)bytes.Length));
        try
        {
            bytes.CopyTo(whole);
            Insert(id, whole.AsSpan(0, (int)bytes.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    public void Delete(UploadId id)
    {
        Span<byte> key = stackalloc byte[16];
        WriteId(id, key);
        _delete.Bind(1, KeyOf(id)).Bind(2, key).Run();
    }

    private void Insert(UploadId id, ReadOnlySpan<byte> bytes)
    {
        Span<byte> key = stackalloc byte[16];
        WriteId(id, key);
        _insert.Bind(1, KeyOf(id)).Bind(2, key).Bind(3, bytes).Run();
    }
}
