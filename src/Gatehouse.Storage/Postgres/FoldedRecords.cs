using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// What a save's records come to: at most one change a row. The parts of one statement all see the rows as they were before it, so an upload that is added and moved in one save is added as it was moved.
/// </summary>
internal sealed class FoldedRecords
{
    public static readonly FoldedRecords None = new();

    private readonly List<AddedUpload> _added = [];
    private readonly List<UploadMoved> _moved = [];
    private readonly List<KeptFile> _files = [];
    private readonly List<UploadId> _dropped = [];

    public IReadOnlyList<AddedUpload> Added => _added;

    public IReadOnlyList<UploadMoved> Moved => _moved;

    /// <summary>New rows of kept bytes.</summary>
    public IReadOnlyList<KeptFile> Files => _files;

    /// <summary>Moved uploads whose bytes stay: their files' rows tell whether they have ended.</summary>
    public IEnumerable<UploadMoved> MovedWithFile => _moved.Where(moved => !_dropped.Contains(moved.Id));

    /// <summary>Uploads whose bytes go.</summary>
    public IReadOnlyList<UploadId> Dropped => _dropped;

    public static FoldedRecords Of(ActorSave save)
    {
        if (save.Records.Count == 0) return None;
        var folded = new FoldedRecords();
        foreach (var record in save.Records) folded.Take(record, save.SmallFile);
        folded._files.AddRange(folded._added.Where(added => added.HasFile && !folded._files.Exists(file => file.Id == added.Row.Id)).Select(added => new KeptFile(added.Row.Id, Bytes: null)));
        return folded;
    }

    /// <summary>The upload that a file belongs to, where it was added in the same save.</summary>
    public AddedUpload? AddedOf(UploadId id) => _added.Find(added => added.Row.Id == id);

    private void Take(Record record, in ReadOnlySequence<byte> smallFile)
    {
        switch (record)
        {
            case UploadAdded added:
                _added.Add(new AddedUpload(added.Row));
                break;
            case UploadMoved moved:
                Move(moved);
                break;
            case FileKept kept:
                _files.Add(new KeptFile(kept.Id, smallFile));
                break;
            case FileDropped dropped:
                Drop(dropped.Id);
                break;
            default:
                throw new NotSupportedException($"This store has no row for {record.GetType().Name}.");
        }
    }

    private void Move(UploadMoved moved)
    {
        if (AddedOf(moved.Id) is { } added)
        {
            added.Move(moved);
            return;
        }
        var before = _moved.FindIndex(earlier => earlier.Id == moved.Id);
        if (before < 0) _moved.Add(moved);
        else _moved[before] = moved with { GenesysContactId = moved.GenesysContactId ?? _moved[before].GenesysContactId, Result = moved.Result ?? _moved[before].Result, Error = moved.Error ?? _moved[before].Error };
    }

    private void Drop(UploadId id)
    {
        _files.RemoveAll(file => file.Id == id);
        if (AddedOf(id) is { } added) added.HasFile = false;
        else if (!_dropped.Contains(id)) _dropped.Add(id);
    }
}

/// <summary>A new upload's row as its save leaves it.</summary>
internal sealed class AddedUpload(UploadRow row)
{
    public UploadRow Row { get; private set; } = row;

    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? FileUntil { get; private set; }

    public bool HasFile { get; set; } = true;

    public void Move(UploadMoved moved)
    {
        Row = moved.Apply(Row);
        EndedAt = moved.Status.IsFinal() ? moved.At : null;
        FileUntil = moved.FileUntil;
    }
}

/// <param name="Bytes">Null: they are a blob.</param>
internal readonly record struct KeptFile(UploadId Id, ReadOnlySequence<byte>? Bytes);
