using System.Globalization;

namespace Gatehouse.Load;

/// <summary>What the load program was asked to do.</summary>
internal sealed record LoadOptions
{
    public const string Help = """
        Closed-loop upload load: N connections, each sends its next upload when the last one is answered. Every upload is a valid PNG with bytes of its own
        for one of thousands of contacts. The server and the simulated Genesys Cloud are started as processes of their own on free ports, with quotas lifted
        and data in a temporary folder, and stopped by their ids. An upload counts when it was answered 200 and the simulator received the same bytes for the
        same contact; any other answer, a missing or a repeated upload makes the exit code 1.

        dotnet run -c Release --project bench/Gatehouse.Load -- [options]

          --gatehouse PATH       Api.dll or Silo.dll of a Release build; without it, Api is built
          --simulator PATH       Gatehouse.Simulator.dll of a Release build; without it, it is built
          --target WHAT          gatehouse (default), or simulator: load the simulator itself, without a server between
          --sizes LIST           file sizes in bytes                      10240,102400,1048576,5242880
          --connections N        uploads under way at once                16
          --seconds S            how long each size is measured           4
          --warmup S             how long each size runs before           1.5
          --contacts N           contacts that the uploads go to          5000
          --max-memory-mb N      fail when a server's peak memory (VmHWM) exceeds N megabytes of 1048576 bytes
          --nodes N              servers at once, which share what --env names; connection C asks server C modulo N, so that a
                                 contact's uploads come to all of them                                              1
          --env KEY=VALUE        one more environment variable of the servers, "{node}" in it being a server's number from 0; may be
                                 given again
          --seed N               makes the images' bytes; told in the report so that a run can be repeated
          --json FILE            write the figures as JSON too; - for standard output instead of the table
          --help

        Exit code: 0 when everything held, 1 when an upload or a limit did not, 2 for wrong arguments or a server that did not start.
        """;

    public string? Gatehouse { get; init; }
    public string? Simulator { get; init; }
    public bool Direct { get; init; }
    public IReadOnlyList<int> Sizes { get; init; } = [10_240, 102_400, 1_048_576, 5_242_880];
    public int Connections { get; init; } = 16;
    public double Seconds { get; init; } = 4;
    public double WarmupSeconds { get; init; } = 1.5;
    public int Contacts { get; init; } = 5_000;
    public double? MaxMemoryMb { get; init; }
    public int Nodes { get; init; } = 1;
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
    public ulong Seed { get; init; } = (ulong)DateTime.UtcNow.Ticks;
    public string? Json { get; init; }

    /// <summary>The options; or none and one sentence on what is wrong; or neither, when help was asked for.</summary>
    public static (LoadOptions? Options, string? Problem) Read(string[] args)
    {
        var options = new LoadOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h")
                return (null, null);
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], i + 1 < args.Length ? args[++i] : null);
            if (value is null)
                return (null, $"{name} needs a value. --help lists the options.");
            if (options.With(name, value) is not { } next)
                return (null, $"{name} {value} is not understood. --help lists the options.");
            options = next;
        }

        return (options, null);
    }

    private LoadOptions? With(string name, string value) => name switch
    {
        "--gatehouse" => this with { Gatehouse = value },
        "--simulator" => this with { Simulator = value },
        "--target" => value is "gatehouse" or "simulator" ? this with { Direct = value is "simulator" } : null,
        "--sizes" => SizesOf(value) is { } sizes ? this with { Sizes = sizes } : null,
        "--connections" => Whole(value, 1, 4096) is { } n ? this with { Connections = n } : null,
        "--seconds" => Real(value, 0.1, 3600) is { } s ? this with { Seconds = s } : null,
        "--warmup" => Real(value, 0, 3600) is { } s ? this with { WarmupSeconds = s } : null,
        "--contacts" => Whole(value, 1, 100_000_000) is { } n ? this with { Contacts = n } : null,
        "--max-memory-mb" => Real(value, 1, 1 << 20) is { } mb ? this with { MaxMemoryMb = mb } : null,
        "--nodes" => Whole(value, 1, 100) is { } n ? this with { Nodes = n } : null,
        "--env" => value.Split('=', 2) is [var key, var setting] ? this with { Environment = [.. Environment, new(key, setting)] } : null,
        "--seed" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? this with { Seed = seed } : null,
        "--json" => this with { Json = value },
        _ => null,
    };

    // The smallest PNG that these images make, and the largest that one array of shared bytes should be.
    private static IReadOnlyList<int>? SizesOf(string value)
    {
        var sizes = value.Split(',').Select(size => Whole(size, 2_048, 256 << 20)).ToArray();
        return sizes.All(size => size is not null) ? [.. sizes.Select(size => size!.Value)] : null;
    }

    private static int? Whole(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;

    private static double? Real(string value, double least, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;
}
