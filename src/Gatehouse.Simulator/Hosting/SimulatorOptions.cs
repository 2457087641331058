namespace Gatehouse.Simulator;

/// <summary>What a simulator is told at its start. Faults are set while it runs, by <c>POST /simulator/faults</c>.</summary>
public sealed record SimulatorOptions
{
    public const string DefaultUrl = "http://127.0.0.1:8090";

    /// <summary>The one address to listen on: plain HTTP, an IP address or <c>localhost</c>. Port 0 takes a free one.</summary>
    public string Url { get; init; } = DefaultUrl;

    /// <summary>Seed of the random faults: the same seed and the same calls one after the other give the same faults. Chosen at random when null.</summary>
    public int? Seed { get; init; }

    /// <summary>Memory for the newest images that the page shows, in bytes; 0 keeps none, which saves a copy of every image.</summary>
    public long KeepImageBytes { get; init; } = 64L << 20;

    /// <summary>Receipts kept for <c>/simulator/received</c>; the oldest go first. One takes about half a kilobyte.</summary>
    public int KeepReceived { get; init; } = 200_000;

    /// <summary>One sentence on the first wrong value, or null when all are right.</summary>
    public string? Problem()
    {
        if (!IsPlain(Url))
            return $"Simulator:Url (--urls) is one plain address, an IP address or localhost with a port, such as {DefaultUrl}; {(Url.AsSpan().ContainsAny('@', '?', '#') ? "one with a user, a query or a fragment" : $"\"{Url}\"")} was given.";
        if (KeepImageBytes is < 0 or > 1L << 32)
            return $"Simulator:KeepImageBytes is a number of bytes from 0 to 4294967296; {KeepImageBytes} was given.";
        return KeepReceived is < 1 or > 10_000_000 ? $"Simulator:KeepReceived is a number from 1 to 10000000; {KeepReceived} was given." : null;
    }

    /// <summary>
    /// Only what reads the same whoever reads it: the server takes whatever it cannot make out for a host name, and any host name but <c>localhost</c> for every interface. It has no free port of
    /// <c>localhost</c> to give.
    /// </summary>
    private static bool IsPlain(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return false;
        var isLocalhost = string.Equals(url.Host, "localhost", StringComparison.Ordinal);
        if (isLocalhost ? url.Port == 0 : url.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6))
            return false;
        var plain = $"http://{url.Host}:{Invariant.Text(url.Port)}";
        var given = text.EndsWith('/') ? text[..^1] : text;
        return string.Equals(url.IsDefaultPort && !given.EndsWith(":80", StringComparison.Ordinal) ? given + ":80" : given, plain, StringComparison.OrdinalIgnoreCase);
    }
}
