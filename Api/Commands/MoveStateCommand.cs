using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Storage;
using Gatehouse.Storage.Moving;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Api.Commands;

/// <summary><c>move-state --to postgres --connection …</c>: takes what the data folder's SQLite database holds to PostgreSQL. Ended half-way, it goes on where it was.</summary>
internal static class MoveStateCommand
{
    private const int NotMoved = 1;

    public static async Task<int> RunAsync(string[] words, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Parse(words, [], ["--to", "--connection", "--blobs"]);
        if ((arguments.Unknown ?? (arguments.Paths.Count > 0 ? arguments.Paths[0] : null)) is { } unknown) return Complain(errors, $"\"{unknown}\" is not an option of move-state. See --help.");
        if (arguments.Values.GetValueOrDefault("--to") is not "postgres") return Complain(errors, "move-state needs --to postgres: there is no other way yet.");
        if (arguments.Values.GetValueOrDefault("--blobs", BlobsOptions.Disk) is not (BlobsOptions.Disk or BlobsOptions.Postgres) and var blobs) return Complain(errors, $"--blobs is \"{blobs}\": it must be disk or postgres.");

        var builder = GatehouseBuilder.Create(arguments.Configuration);
        var configuration = builder.ReadOptions();
        if (configuration.About("Data") is { Count: > 0 } problems) return Complain(errors, string.Join(Environment.NewLine, problems));
        // A password on a command line is there for every user of the machine to see: the key may bring it instead.
        var connectionString = arguments.Values.GetValueOrDefault("--connection") ?? builder.Configuration[Keys.ConnectionString.Name] ?? "";
        if (ConnectionSettings.Problem(connectionString) is { } wrong) return Complain(errors, $"--connection, or {Keys.ConnectionString.Name} where it is missing, is wrong: {wrong}.");

        try
        {
            var blobsToo = arguments.Values.GetValueOrDefault("--blobs") is BlobsOptions.Postgres;
            await StateMove.RunAsync(configuration.Options.Data.Directory, connectionString, blobsToo, TimeProvider.System, output.WriteLine, cancellationToken);
            output.WriteLine($"Start the nodes with {Keys.StateStore.Name}=postgres, {Keys.ConnectionString.Name} and {Keys.BlobStore.Name}={(blobsToo ? BlobsOptions.Postgres : BlobsOptions.Disk)}.");
            return 0;
        }
        catch (Exception refused) when (refused is MoveRefusedException or DataFolderException or DatabaseUnusableException or NewerSchemaException)
        {
            errors.WriteLine(refused.Message);
            return NotMoved;
        }
        catch (StoreUnavailableException broken)
        {
            errors.WriteLine($"{broken.Message} Run move-state again: it goes on where it was.");
            return NotMoved;
        }

        static int Complain(TextWriter errors, string sentence)
        {
            errors.WriteLine(sentence);
            return CommandLine.CouldNotRun;
        }
    }
}
