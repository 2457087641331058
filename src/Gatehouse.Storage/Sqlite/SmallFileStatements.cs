using System.Buffers;
using System.Buffers.Binary;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>Small files' rows. The key is 63 bits of the random id, which saves an index; the id itself is beside it and is compared.</summary>
internal sealed class SmallFileStatements(Connection db)
{
    private readonly Statement _insert = db.Prepare("INSERT INTO small_files (key, id, length, bytes) VALUES (?1, ?2, ?3, ?4)");
    private readonly Statement _point = db.Prepare("INSERT INTO small_files (key, id, segment, offset, length) VALUES (?1, ?2, ?3, ?4, ?5)");
    private readonly Statement _repoint = db.Prepare("UPDATE small_files SET segment = ?3, offset = ?4 WHERE key = ?1 AND id = ?2 AND segment = ?5 AND offset = ?6");
    private readonly Statement _delete = db.Prepare("DELETE FROM small_files WHERE key = ?1 AND id = ?2 RETURNING segment, length");
    private readonly List<(long Segment, long Bytes)> _changes = [];

    /// <summary>What this transaction gave to segments and took from them.</summary>
    public IReadOnlyList<(long Segment, long Bytes)> Changes => _changes;

    public static long KeyOf(UploadId id) => (long)(ulong)id.Value & long.MaxValue;

    public static void WriteId(UploadId id, Span<byte> into) => BinaryPrimitives.WriteUInt128BigEndian(into, id.Value);

    /// <summary>Bytes that rows point to, by segment.</summary>
    public static IReadOnlyDictionary<long, long> LiveBytes(Connection db)
    {
        using var sums = db.Prepare("SELECT segment, sum(length) FROM small_files WHERE segment IS NOT NULL GROUP BY segment");
        var live = new Dictionary<long, long>();
        while (sums.Step()) live.Add(sums.Number(0), sums.Number(1));
        return live;
    }

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

    public void Keep(UploadId id, SegmentPlace place)
    {
        Span<byte> key = stackalloc byte[16];
        WriteId(id, key);
        _point.Bind(1, KeyOf(id)).Bind(2, key).Bind(3, place.Segment).Bind(4, place.Offset).Bind(5, place.Length).Run();
        _changes.Add((place.Segment, place.Length));
    }

    /// <summary>The file lies elsewhere now. Nothing happens to one that was deleted meanwhile.</summary>
    public void Repoint(UploadId id, SegmentPlace from, SegmentPlace to)
    {
        Span<byte> key = stackalloc byte[16];
        WriteId(id, key);
        if (_repoint.Bind(1, KeyOf(id)).Bind(2, key).Bind(3, to.Segment).Bind(4, to.Offset).Bind(5, from.Segment).Bind(6, from.Offset).Run() == 0) return;
        _changes.Add((to.Segment, to.Length));
        _changes.Add((from.Segment, -from.Length));
    }

    public void Delete(UploadId id)
    {
        Span<byte> key = stackalloc byte[16];
        WriteId(id, key);
        _delete.Bind(1, KeyOf(id)).Bind(2, key);
        while (_delete.Step())
        {
            if (_delete.MaybeNumber(0) is { } segment) _changes.Add((segment, -_delete.Number(1)));
        }
    }

    /// <summary>A transaction begins.</summary>
    public void ClearChanges() => _changes.Clear();

    /// <summary>A transaction may have failed or not: what it would have freed stays, until the next start tells.</summary>
    public void ForgetFreed() => _changes.RemoveAll(change => change.Bytes < 0);

    private void Insert(UploadId id, ReadOnlySpan<byte> bytes)
    {
        Span<byte> key = stackalloc byte[16];
        WriteId(id, key);
        _insert.Bind(1, KeyOf(id)).Bind(2, key).Bind(3, bytes.Length).Bind(4, bytes).Run();
    }
}
