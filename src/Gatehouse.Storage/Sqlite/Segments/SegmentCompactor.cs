using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>
/// Moves the few files that keep mostly dead segments, so that the segments' files take about twice what lives in them and two segments more, at most. Each portion is a work of the writer
/// like any save: appended, flushed, and its rows repointed in one commit.
/// </summary>
internal sealed class SegmentCompactor(SegmentLog segments, ReaderPool readers, Action<WriteWork> post, SegmentOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Begins a round if one is needed and none runs.</summary>
    public void Start() => _ = RunAsync();

    /// <summary>The round that runs, or one that is begun now if it is needed.</summary>
    public Task RunAsync()
    {
        lock (_gate)
        {
            if (_running.IsCompleted && segments.NeedsCompaction && !_disposed) _running = Task.Run(CompactAsync);
            return _running;
        }
    }

    /// <summary>Waits for the round that runs; a second call does nothing.</summary>
    public void Dispose()
    {
        Task last;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            last = _running;
        }
        _stop.Cancel();
        last.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _stop.Dispose();
    }

    private async Task CompactAsync()
    {
        try
        {
            await CompactAllAsync();
        }
        catch (SpoolFullException)
        {
            // The next round tries again: what empties by itself gives room.
        }
    }

    private async Task CompactAllAsync()
    {
        while (segments.NeedsCompaction && segments.MostlyDead() is { } number)
        {
            var moved = false;
            foreach (var portion in Portions(readers.Read(number, static (reader, number) => reader.InSegment(number))))
            {
                if (_stop.IsCancellationRequested) return;
                moved |= await MoveAsync(portion);
            }
            // Nothing to move, and yet it is there: its last rows are going, or its bytes are lost.
            if (!moved) return;
        }
    }

    private IEnumerable<IReadOnlyList<(UploadId Id, SegmentPlace Place)>> Portions(IReadOnlyList<(UploadId Id, SegmentPlace Place)> files)
    {
        var portion = new List<(UploadId, SegmentPlace Place)>();
        var bytes = 0;
        foreach (var file in files)
        {
            portion.Add(file);
            bytes += file.Place.Length;
            if (bytes < options.CompactionPortion) continue;
            yield return portion;
            (portion, bytes) = ([], 0);
        }
        if (portion.Count > 0) yield return portion;
    }

    private async Task<bool> MoveAsync(IReadOnlyList<(UploadId Id, SegmentPlace Place)> files)
    {
        using var bytes = new PooledSegments();
        var moves = new List<(UploadId Id, SegmentPlace From, int At)>(files.Count);
        var piece = ArrayPool<byte>.Shared.Rent(PooledSegments.SegmentLength);
        try
        {
            foreach (var (id, place) in files)
            {
                // Gone meanwhile, or lost; then there is nothing to move.
                using var file = segments.Open(place);
                if (file is null) continue;
                moves.Add((id, place, bytes.Length));
                long read = 0;
                for (int count; (count = file.ReadAt(read, piece)) > 0; read += count) bytes.Append(piece.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        if (moves.Count == 0) return false;
        var work = new MoveWork(bytes.AsSequence(), moves);
        post(work);
        await work.Task;
        return true;
    }
}
