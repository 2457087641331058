using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Delivery;

/// <summary>What this node's attempts met, kept only while a caller of the upload waits: for its log line.</summary>
public sealed class AttemptNotes
{
    private readonly ConcurrentDictionary<UploadId, AttemptNote> _notes = new();

    public void Expect(UploadId id) => _notes[id] = AttemptNote.None;

    public void Note(UploadId id, RouteOutcome outcome, int attempt)
    {
        if (!_notes.TryGetValue(id, out var note)) return;
        var ids = outcome.CorrelationId is { } one ? note.CorrelationIds.Length == 0 ? one : $"{note.CorrelationIds},{one}" : note.CorrelationIds;
        _notes.TryUpdate(id, new AttemptNote(attempt, ids, outcome.Status), note);
    }

    public AttemptNote Take(UploadId id) => _notes.TryRemove(id, out var note) ? note : AttemptNote.None;
}

/// <param name="CorrelationIds">Genesys' correlation ids, comma-separated, in order of the attempts.</param>
public sealed record AttemptNote(int Attempts, string CorrelationIds, int? Status)
{
    public static readonly AttemptNote None = new(0, "", Status: null);
}
