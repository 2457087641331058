using System.Globalization;

namespace Gatehouse.StoreBench;

/// <summary>What is measured, from the command line.</summary>
internal sealed record BenchOptions
{
    public const string Help =
        """
        dotnet run -c Release --project bench/Gatehouse.StoreBench -- [bytes=10240] [callers=16] [seconds=5] [contacts=4000] [folder]
            [--store sqlite|postgres] [--connection Host=…;…] [--blobs disk|postgres]
        A knock (reads), an admission with its claim, a completion: as many as N callers get through. With postgres the database is emptied first; the contacts are there before it begins.
        """;

    public bool Postgres { get; init; }

    public string ConnectionString { get; init; } = "";

    public bool PostgresBlobs { get; init; }

    public int Bytes { get; init; } = 10_240;

    public int Callers { get; init; } = 16;

    public double Seconds { get; init; } = 5;

    public int Contacts { get; init; } = 4000;

    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), $"gatehouse-bench-{Environment.ProcessId}");

    /// <summary>Null: wrong words.</summary>
    public static BenchOptions? Parse(string[] words)
    {
        var numbers = words.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var options = new BenchOptions();
        if (numbers.Length > 0) options = options with { Bytes = int.Parse(numbers[0], CultureInfo.InvariantCulture) };
        if (numbers.Length > 1) options = options with { Callers = int.Parse(numbers[1], CultureInfo.InvariantCulture) };
        if (numbers.Length > 2) options = options with { Seconds = double.Parse(numbers[2], CultureInfo.InvariantCulture) };
        if (numbers.Length > 3) options = options with { Contacts = int.Parse(numbers[3], CultureInfo.InvariantCulture) };
        if (numbers.Length > 4) options = options with { Folder = numbers[4] };
        foreach (var pair in words.Skip(numbers.Length).Chunk(2))
        {
            switch (pair)
            {
                case ["--store", "sqlite" or "postgres"]: options = options with { Postgres = pair[1] is "postgres" }; break;
                case ["--connection", var connection]: options = options with { ConnectionString = connection }; break;
                case ["--blobs", "disk" or "postgres"]: options = options with { PostgresBlobs = pair[1] is "postgres" }; break;
                default: return null;
            }
        }
        return options.Postgres == (options.ConnectionString.Length > 0) && (options.Postgres || !options.PostgresBlobs) ? options : null;
    }
}
