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
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url is not { Scheme: "http", PathAndQuery: "/" })
            return $"Simulator:Url (--urls) is one plain address such as {DefaultUrl}; \"{Url}\" was given.";
        if (KeepImageBytes is < 0 or > 1L << 32)
            return $"Simulator:KeepImageBytes is a number of bytes from 0 to 4294967296; {KeepImageBytes} was given.";
        return KeepReceived is < 1 or > 10_000_000 ? $"Simulator:KeepReceived is a number from 1 to 10000000; {KeepReceived} was given." : null;
    }
}
