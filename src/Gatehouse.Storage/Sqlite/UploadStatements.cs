using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite;

/// <summary>The uploads' rows, as the writer changes them.</summary>
internal sealed class UploadStatements(Connection db)
{
    private readonly Statement _insert = db.Prepare(
        $"INSERT INTO uploads ({UploadColumns.Names}, ended_at, has_file, file_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)");

    private readonly Statement _move = db.Prepare(
        """
        UPDATE uploads SET status = ?2, attempts = ?3, genesys_contact_id = coalesce(?4, genesys_contact_id), result = coalesce(?5, result), error = coalesce(?6, error),
            delivered_at = coalesce(?7, delivered_at), ended_at = ?8, has_file = coalesce(?9, has_file), file_until = ?10 WHERE id = ?1
        """);

    private readonly Statement _dropFile = db.Prepare("UPDATE uploads SET has_file = 0 WHERE id = ?1");

    private readonly Statement _failedWithFile = db.Prepare(
        "SELECT id FROM uploads WHERE has_file = 1 AND ended_at < ?1 ORDER BY ended_at LIMIT ?2");

    private readonly Statement _linkedUntil = db.Prepare("SELECT id FROM uploads WHERE has_file = 2 AND file_until < ?1 ORDER BY file_until LIMIT ?2");
    private readonly Statement _oldest = db.Prepare("SELECT seq, created_at, ended_at, id, has_file FROM uploads ORDER BY seq");
    private readonly Statement _delete = db.Prepare("DELETE FROM uploads WHERE seq = ?1");

    public void Add(UploadRow row, DateTimeOffset? endedAt, FileState file, DateTimeOffset? fileUntil)
    {
        UploadColumns.Bind(_insert, row);
        _insert.Bind(22, endedAt?.ToMicroseconds()).Bind(23, (long)file).Bind(24, fileUntil?.ToMicroseconds()).Run();
    }

    /// <param name="file">Null: as it is.</param>
    public void Move(UploadMoved moved, FileState? file)
    {
        Span<byte> id = stackalloc byte[16];
        SmallFileStatements.WriteId(moved.Id, id);
        var at = moved.At.ToMicroseconds();
        _move.Bind(1, id).Bind(2, (long)moved.Status).Bind(3, moved.Attempts).Bind(4, moved.GenesysContactId).Bind(5, moved.Result).Bind(6, moved.Error)
            .Bind(7, moved.Status == UploadStatus.Delivered ? at : null).Bind(8, moved.Status.IsFinal() ? at : null).Bind(9, (long?)file)
            .Bind(10, moved.FileUntil?.ToMicroseconds()).Run();
    }

    public void DropFile(UploadId upload)
    {
        Span<byte> id = stackalloc byte[16];
        SmallFileStatements.WriteId(upload, id);
        _dropFile.Bind(1, id).Run();
    }

    /// <summary>Ended uploads that still have their bytes, and for no link: delivered ones drop theirs as they end.</summary>
    public IReadOnlyList<UploadId> EndedWithFile(DateTimeOffset endedBefore, int limit) => Ids(_failedWithFile, endedBefore, limit);

    /// <summary>Uploads whose bytes were kept for a link that has expired.</summary>
    public IReadOnlyList<UploadId> LinkedUntil(DateTimeOffset before, int limit) => Ids(_linkedUntil, before, limit);

    /// <summary>Walks from the oldest row and stops at the first that was created too late to have ended in time: no index on the end is needed. A row whose file is kept for a link stays.</summary>
    public IReadOnlyList<(UploadId Id, bool HasFile)> DeleteEnded(DateTimeOffset endedBefore, int limit)
    {
        var before = endedBefore.ToMicroseconds();
        var rows = new List<long>();
        var deleted = new List<(UploadId, bool)>();
        while (rows.Count < limit && _oldest.Step())
        {
            if (_oldest.Number(1) >= before) break;
            if (_oldest.MaybeNumber(2) is not { } ended || ended >= before || _oldest.Number(4) == (long)FileState.Linked) continue;
            rows.Add(_oldest.Number(0));
            deleted.Add((UploadColumns.Id(_oldest, 3), _oldest.Number(4) == (long)FileState.Kept));
        }
        _oldest.Reset();
        foreach (var row in rows) _delete.Bind(1, row).Run();
        return deleted;
    }

    private static List<UploadId> Ids(Statement statement, DateTimeOffset before, int limit)
    {
        var ids = new List<UploadId>();
        statement.Bind(1, before.ToMicroseconds()).Bind(2, limit);
        while (statement.Step()) ids.Add(UploadColumns.Id(statement, 0));
        return ids;
    }
}

/// <summary>The column <c>has_file</c>.</summary>
internal enum FileState
{
    Gone = 0,

    /// <summary>For its delivery, or for a retry by hand.</summary>
    Kept = 1,

    /// <summary>Delivered; for a link that was handed out.</summary>
    Linked = 2,
}
