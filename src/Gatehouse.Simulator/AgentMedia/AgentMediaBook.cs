namespace Gatehouse.Simulator;

/// <summary>A file that an agent's message can carry.</summary>
internal sealed record AgentMedia(string Id, string Conversation, string Communication, PresignedUpload Upload)
{
    private int _polls;

    /// <summary>As Genesys names it. A file that has come is looked at for a while: that many polls.</summary>
    public string Status(Faults faults, bool poll)
    {
        if (Upload.Bytes is null)
            return "uploading";
        var polls = poll ? Interlocked.Increment(ref _polls) : Volatile.Read(ref _polls);
        var needed = faults.MediaPolls ?? 1;
        return needed > 0 && polls <= needed ? "uploading" : faults.MediaInvalid == true ? "invalid" : "valid";
    }
}

/// <summary>The media of agents' messages, uploaded or about to be. Bounded; the oldest go first.</summary>
internal sealed class AgentMediaBook
{
    private const int MostKept = 10_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, AgentMedia> _media = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();

    public void Add(AgentMedia media)
    {
        lock (_turn)
        {
            if (_order.Count >= MostKept)
                _media.Remove(_order.Dequeue());
            _media.Add(media.Id, media);
            _order.Enqueue(media.Id);
        }
    }

    /// <summary>Null when this communication has no such media.</summary>
    public AgentMedia? Find(string id, string communication)
    {
        lock (_turn)
            return _media.TryGetValue(id, out var media) && string.Equals(media.Communication, communication, StringComparison.OrdinalIgnoreCase) ? media : null;
    }
}
