namespace Gatehouse.Simulator;

/// <summary>A file that a guest said was coming.</summary>
internal sealed record GuestAttachment(string Id, PresignedUpload Upload)
{
    private volatile bool _accepted;

    /// <summary>Whether the service has told that it takes the file.</summary>
    public bool Accepted
    {
        get => _accepted;
        set => _accepted = value;
    }
}

/// <summary>A guest's session: it outlives its connections, and may have several.</summary>
internal sealed class GuestSession(string deployment, string token)
{
    private const int MostAttachments = 100;

    private readonly Lock _turn = new();
    private readonly List<GuestConnection> _connections = [];
    private readonly OrderedDictionary<string, GuestAttachment> _attachments = new(StringComparer.OrdinalIgnoreCase);

    public string Deployment { get; } = deployment;

    /// <summary>Tells whose it is without telling the token.</summary>
    public string Conversation { get; } = StableId.Of("web", deployment, token);

    public void Join(GuestConnection connection)
    {
        lock (_turn)
        {
            if (!_connections.Contains(connection))
                _connections.Add(connection);
        }
    }

    public void Leave(GuestConnection connection)
    {
        lock (_turn)
            _connections.Remove(connection);
    }

    /// <summary>In the place of one with the same id, which is forgotten; the oldest goes when there are too many.</summary>
    public void Add(GuestAttachment attachment)
    {
        lock (_turn)
        {
            if (_attachments.Remove(attachment.Id, out var replaced))
                replaced.Upload.Forget();
            if (_attachments.Count >= MostAttachments)
            {
                _attachments.GetAt(0).Value.Upload.Forget();
                _attachments.RemoveAt(0);
            }

            _attachments.Add(attachment.Id, attachment);
        }
    }

    public GuestAttachment? Find(string id)
    {
        lock (_turn)
            return _attachments.GetValueOrDefault(id);
    }

    public bool Delete(string id)
    {
        lock (_turn)
            return _attachments.Remove(id);
    }

    public async Task TellAsync(ReadOnlyMemory<byte> frame)
    {
        GuestConnection[] connections;
        lock (_turn)
            connections = [.. _connections];
        foreach (var connection in connections)
            await connection.SendAsync(frame, CancellationToken.None);
    }
}

/// <summary>The guests' sessions by token. Bounded; the oldest go first.</summary>
internal sealed class GuestBook
{
    private const int MostKept = 10_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, GuestSession> _sessions = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <returns>The session, and whether it is new.</returns>
    public (GuestSession Session, bool IsNew) Configure(string deployment, string token)
    {
        var key = deployment + "\n" + token;
        lock (_turn)
        {
            if (_sessions.TryGetValue(key, out var known))
                return (known, false);
            if (_order.Count >= MostKept)
                _sessions.Remove(_order.Dequeue());
            var session = new GuestSession(deployment, token);
            _sessions.Add(key, session);
            _order.Enqueue(key);
            return (session, true);
        }
    }
}
