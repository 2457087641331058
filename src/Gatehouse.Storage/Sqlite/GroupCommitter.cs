using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Sqlite;

/// <summary>The one writer: a thread that takes all the work that has come and commits it in one transaction, so that concurrent saves share one flush to disk.</summary>
internal sealed class GroupCommitter : IDisposable
{
    /// <summary>Works in one transaction: bounds how long the first waits for the last, and the memory of the pages in flight (256 KB a save at most).</summary>
    private const int MaxGroup = 64;

    private readonly Connection connection;
    private readonly SegmentLog segments;
    private readonly Action rolled;
    private readonly WriterStatements statements;
    private readonly Thread thread;
    private readonly object gate = new();
    private readonly Queue<WriteWork> queue = new();
    private bool stopping;
    private long commits;
    private long works;

    /// <param name="connection">The writer's own; disposed with it.</param>
    /// <param name="segments">Where its works' bytes go; disposed with it.</param>
    /// <param name="rolled">Called, on the writer's thread, when a segment was begun.</param>
    public GroupCommitter(Connection connection, SegmentLog segments, Action rolled, TimeProvider time)
    {
        this.connection = connection;
        this.segments = segments;
        this.rolled = rolled;
        statements = new WriterStatements(connection, time);
        thread = new Thread(Work) { IsBackground = true, Name = "gatehouse store writer" };
        thread.Start();
    }

    public long Commits => Volatile.Read(ref commits);

    public long Works => Volatile.Read(ref works);

    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public void Post(WriteWork work)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            queue.Enqueue(work);
            if (queue.Count == 1) Monitor.Pulse(gate);
        }
    }

    /// <summary>What was posted before is still committed.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopping) return;
            stopping = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        connection.Dispose();
        segments.Dispose();
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
        lock (gate)
        {
            while (queue.Count == 0)
            {
                if (stopping) return false;
                Monitor.Wait(gate);
            }
            while (group.Count < MaxGroup && queue.TryDequeue(out var work)) group.Add(work);
            return true;
        }
    }

    /// <summary>False: nothing of a group of several is written, and each is to be tried alone. A group of one, and one whose commit failed, has been answered.</summary>
    private bool TryCommit(List<WriteWork> group)
    {
        var (began, committing) = (false, false);
        try
        {
            statements.SmallFiles.ClearChanges();
            began = segments.Append(group);
            statements.Begin.Run();
            foreach (var work in group) work.Run(statements);
            committing = true;
            statements.Commit.Run();
        }
        catch (Exception e)
        {
            statements.RollBack();
            if (!committing && group.Count > 1) return false;
            foreach (var work in group) work.Failed(e);
            if (committing) statements.SmallFiles.ForgetFreed();
            else statements.SmallFiles.ClearChanges();
            segments.Settle(group, statements.SmallFiles.Changes);
            return true;
        }
        Interlocked.Increment(ref commits);
        Interlocked.Add(ref works, group.Count);
        foreach (var work in group) work.Committed();
        segments.Settle(group, statements.SmallFiles.Changes);
        if (began) rolled();
        return true;
    }
}
