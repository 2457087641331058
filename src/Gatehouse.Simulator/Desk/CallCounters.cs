namespace Gatehouse.Simulator;

/// <summary>How many calls came, by name and outcome: a status, or what became of a call that has none.</summary>
internal sealed class CallCounters
{
    public const int Dropped = -1;
    public const int ReplySwallowed = -2;
    public const int Aborted = -3;

    private readonly Lock _turn = new();
    private readonly SortedDictionary<string, SortedDictionary<int, long>> _calls = new(StringComparer.Ordinal);

    public long TokenRequests { get; private set; }

    public long RepliesDropped { get; private set; }

    public static string Text(int outcome) => outcome switch
    {
        Dropped => "dropped",
        ReplySwallowed => "reply_dropped",
        Aborted => "aborted",
        _ => Invariant.Text(outcome),
    };

    public void TokenRequested()
    {
        lock (_turn)
            TokenRequests++;
    }

    public void ReplyDropped(string name)
    {
        lock (_turn)
        {
            RepliesDropped++;
            Count(name, ReplySwallowed);
        }
    }

    public void Add(string name, int outcome)
    {
        lock (_turn)
            Count(name, outcome);
    }

    public (string Name, (int Outcome, long Count)[] Outcomes)[] Calls()
    {
        lock (_turn)
            return [.. _calls.Select(call => (call.Key, call.Value.Select(outcome => (outcome.Key, outcome.Value)).ToArray()))];
    }

    public void Clear()
    {
        lock (_turn)
        {
            _calls.Clear();
            (TokenRequests, RepliesDropped) = (0, 0);
        }
    }

    private void Count(string name, int outcome)
    {
        if (!_calls.TryGetValue(name, out var outcomes))
            _calls[name] = outcomes = [];
        outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
    }
}
