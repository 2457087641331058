using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>The one writer: a thread that takes all the work that has come and commits it in one transaction, so that concurrent saves share one flush to disk.</summary>
internal sealed class GroupCommitter : IDisposable
{
    /// <summary>Works in one transaction: bounds how long the first waits for the last, and the memory of the pages in flight (256 KB a save at most).</summary>
    private const int MaxGroup = 64;

    private readonly Connection _connection;
    private readonly SegmentLog _segments;
    private readonly Action _rolled;
    private readonly WriterStatements _statements;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly Queue<WriteWork> _queue = new();
    private bool _stopping;
    private long _commits;
    private long _works;

    /// <param name="connection">The writer's own; disposed with it.</param>
    /// <param name="segments">Where its works' bytes go; disposed with it.</param>
    /// <param name="rolled">Called, on the writer's thread, when a segment was begun.</param>
    public GroupCommitter(Connection connection, SegmentLog segments, Action rolled, TimeProvider time)
    {
        _connection = connection;
        _segments = segments;
        _rolled = rolled;
        _statements = new WriterStatements(connection, time);
        _thread = new Thread(Work) { IsBackground = true, Name = "gatehouse store writer" };
        _thread.Start();
    }

    public long Commits => Volatile.Read(ref _commits);

    public long Works => Volatile.Read(ref _works);

    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public void Post(WriteWork work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Enqueue(work);
            if (_queue.Count == 1) Monitor.Pulse(_gate);
        }
    }

    /// <summary>What was posted before is still committed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping) return;
            _stopping = true;
            Monitor.Pulse(_gate);
        }
        _thread.Join();
        _connection.Dispose();
        _segments.Dispose();
    }

    private void Work()
    {
        var group = new List<WriteWork>(MaxGroup);
        while (Take(group))
        {
            if (TryCommit(group) || group.Count == 1) continue;
            // One of them cannot be written. Each gets a transaction of its own, so that it fails alone.
            foreach (var work in group) TryCommit([work]);
        }
    }

    private bool Take(List<WriteWork> group)
    {
        group.Clear();
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_stopping) return false;
                Monitor.Wait(_gate);
            }
            while (group.Count < MaxGroup && _queue.TryDequeue(out var work)) group.Add(work);
            return true;
        }
    }

    /// <summary>False: nothing of a group of several is written, and each is to be tried alone. A group of one, and one whose commit failed, has been answered.</summary>
    private bool TryCommit(List<WriteWork> group)
    {
        var (began, committing) = (false, false);
        try
        {
            _statements.SmallFiles.ClearChanges();
            began = _segments.Append(group);
            _statements.Begin.Run();
            foreach (var work in group) work.Run(_statements);
            committing = true;
            _statements.Commit.Run();
        }
        catch (Exception e)
        {
            _statements.RollBack();
            if (!committing && group.Count > 1) return false;
            if (committing) _statements.SmallFiles.ForgetFreed();
            else _statements.SmallFiles.ClearChanges();
            _segments.Settle(group, _statements.SmallFiles.Changes);
            foreach (var work in group) work.Failed(e);
            return true;
        }
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _works, group.Count);
        // Before the answers: who goes on after one, the compaction above all, finds it counted.
        _segments.Settle(group, _statements.SmallFiles.Changes);
        foreach (var work in group) work.Committed();
        if (began) _rolled();
        return true;
    }
}
