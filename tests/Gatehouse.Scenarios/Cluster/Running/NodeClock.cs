using System.Globalization;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>A node's wall clock, which can be set: libfaketime tells the node's process another time. Its monotonic clock goes on as a real one does.</summary>
internal sealed class NodeClock : IDisposable
{
    /// <summary>As Debian's package <c>libfaketime</c> has it.</summary>
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    private readonly TemporaryFolder _folder = new();

    public NodeClock() => Set(TimeSpan.Zero);

    /// <summary>Null: a node's clock can be set here.</summary>
    public static string? Missing => Library is null ? "libfaketime is not installed; ./test.sh installs it where it may." : null;

    /// <summary>What the node's process must find in its environment.</summary>
    public IEnumerable<(string Key, string Value)> Environment =>
    [
        ("LD_PRELOAD", Library!),
        ("FAKETIME_TIMESTAMP_FILE", Offset),
        ("FAKETIME_CACHE_DURATION", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        // Else it makes up the end of every wait on that clock anew, and waits last for ever.
        ("FAKETIME_FORCE_MONOTONIC_FIX", "0"),
        // The times of files stay what they are: a clock that jumps does not take them along.
        ("NO_FAKE_STAT", "1"),
    ];

    private string Offset => _folder.File("offset");

    /// <param name="ahead">Of the real time; the node sees it within a second.</param>
    public void Set(TimeSpan ahead)
    {
        // The node may read at any moment: it finds the old or the new one, whole.
        var next = _folder.File("next");
        File.WriteAllText(next, ahead.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture));
        File.Move(next, Offset, overwrite: true);
    }

    public void Dispose() => _folder.Dispose();
}
