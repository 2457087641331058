using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite;

/// <summary>The actors' rows, as the writer changes them.</summary>
internal sealed class ActorStatements(Connection db)
{
    private readonly Statement _insert = db.Prepare(
        "INSERT INTO actors (kind, key, version, schema, state, due_at, waiting) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING");

    private readonly Statement _update = db.Prepare(
        "UPDATE actors SET version = ?3 + 1, schema = ?4, state = ?5, due_at = ?6, waiting = ?7 WHERE kind = ?1 AND key = ?2 AND version = ?3");

    private readonly Statement _delete = db.Prepare("DELETE FROM actors WHERE kind = ?1 AND key = ?2 AND version = ?3");
    private readonly Statement _exists = db.Prepare("SELECT 1 FROM actors WHERE kind = ?1 AND key = ?2");
    private readonly Statement _floor = db.Prepare("SELECT value FROM meta WHERE name = 'version_floor'");
    private readonly Statement _raiseFloor = db.Prepare("UPDATE meta SET value = max(value, ?1) WHERE name = 'version_floor'");
    private readonly Statement _due = db.Prepare("SELECT key FROM actors WHERE kind = ?1 AND due_at <= ?2 ORDER BY due_at LIMIT ?3");
    private readonly Statement _move = db.Prepare("UPDATE actors SET due_at = ?3 WHERE kind = ?1 AND key = ?2");
    private readonly Statement _hasten = db.Prepare("UPDATE actors SET due_at = ?2 WHERE kind = ?1 AND waiting = 1 AND due_at > ?2");
    private readonly Statement _pullIn = db.Prepare(
        "UPDATE actors SET due_at = ?2 WHERE kind = ?1 AND due_at > ?3 AND key IN (SELECT contact_id FROM uploads WHERE has_file = 1 AND ended_at IS NULL)");

    private readonly Statement _reclaim = db.Prepare("UPDATE actors SET due_at = ?1 WHERE due_at > ?1 AND due_at <= ?2");

    /// <summary>Returns the version stored now, 0 for none; null: the stored version is another than expected.</summary>
    public long? Save(ActorSave save, DateTimeOffset now)
    {
        if (save.Wake.Forget) return Forget(save);
        var fresh = save.ExpectedVersion == 0;
        var version = fresh ? FirstVersion(now) : save.ExpectedVersion;
        var changed = (fresh ? _insert : _update)
            .Bind(1, save.Key.Kind).Bind(2, save.Key.Key).Bind(3, version).Bind(4, save.Schema).Bind(5, save.State.Span)
            .Bind(6, save.Wake.DueAt?.ToMicroseconds()).Bind(7, save.Wake.Waiting ? 1 : 0).Run();
        if (changed == 0) return null;
        return fresh ? version : version + 1;
    }

    public IReadOnlyList<string> TakeDue(string kind, int limit, DateTimeOffset now, TimeSpan moveOn)
    {
        var keys = new List<string>();
        _due.Bind(1, kind).Bind(2, now.ToMicroseconds()).Bind(3, limit);
        while (_due.Step()) keys.Add(_due.Text(0));
        var later = (now + moveOn).ToMicroseconds();
        foreach (var key in keys) _move.Bind(1, kind).Bind(2, key).Bind(3, later).Run();
        return keys;
    }

    public int Hasten(string kind, DateTimeOffset now) => _hasten.Bind(1, kind).Bind(2, now.ToMicroseconds()).Run();

    public int PullIn(string kind, DateTimeOffset now, TimeSpan longestWait) =>
        _pullIn.Bind(1, kind).Bind(2, now.ToMicroseconds()).Bind(3, (now + longestWait).ToMicroseconds()).Run();

    public int Reclaim(DateTimeOffset now, TimeSpan lease) => _reclaim.Bind(1, now.ToMicroseconds()).Bind(2, (now + lease).ToMicroseconds()).Run();

    private long? Forget(ActorSave save)
    {
        if (save.ExpectedVersion == 0)
        {
            var stored = _exists.Bind(1, save.Key.Kind).Bind(2, save.Key.Key).Step();
            _exists.Reset();
            return stored ? null : 0;
        }
        if (_delete.Bind(1, save.Key.Kind).Bind(2, save.Key.Key).Bind(3, save.ExpectedVersion).Run() == 0) return null;
        _raiseFloor.Bind(1, save.ExpectedVersion).Run();
        return 0;
    }

    /// <summary>A row begins at the clock, and above every version that was forgotten: a clock set back cannot bring a version again.</summary>
    private long FirstVersion(DateTimeOffset now)
    {
        _floor.Step();
        var above = _floor.Number(0) + 1;
        _floor.Reset();
        return Math.Max(above, now.ToMicroseconds());
    }
}
