using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Credentials;

/// <summary>
/// Reads the OAuth clients' secrets again while the gateway runs, so that a rotation needs no restart: a file in <c>Secrets:Directory</c> that was replaced, an <c>appsettings</c> that was edited. Looked at by the clock: files that
/// Kubernetes or Docker swap by a link tell no watcher.
/// </summary>
public sealed partial class CredentialsWatch(ConfigurationAgain configuration, IReadOnlyList<ClientCredentials> clients, GatehouseOptions options, TimeProvider time, ILogger<CredentialsWatch> logger)
{
    /// <summary>The sentences of the last look.</summary>
    private HashSet<string> _told = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The embedded simulator takes any secret, and none is configured.
        if (options.RereadSecretsSeconds == 0 || options.Simulator.Embedded) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.RereadSecretsSeconds), time);
        while (await timer.WaitForNextTickAsync(cancellationToken)) Look();
    }

    private void Look()
    {
        var troubles = Troubles().ToHashSet(StringComparer.Ordinal);
        foreach (var trouble in troubles)
        {
            // Once, until it is over.
            if (!_told.Contains(trouble)) LogTrouble(logger, trouble);
        }
        _told = troubles;
    }

    private IReadOnlyList<string> Troubles()
    {
        try
        {
            var now = GenesysSettings.Read(configuration).ToGenesys();
            return [.. clients.Select(client => Look(client, now.Secrets().FirstOrDefault(c => string.Equals(c.ClientId, client.ClientId, StringComparison.Ordinal)))).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            // A file that is just being written is whole at the next look.
            return [$"The configuration could not be read again: {e.Message} The secrets stay as they were."];
        }
    }

    /// <summary>What is wrong; null: nothing.</summary>
    private static string? Look(ClientCredentials client, ClientOptions? found)
    {
        if (found is null) return $"The OAuth client {client.ClientId} is not in the configuration any more; it stays in use until the next start.";
        if (!found.HasUsableSecret) return $"The secret of the OAuth client {client.ClientId} is empty or not usable now; the one before stays in use.";
        client.Change(found.ClientSecret!);
        return null;
    }

    [LoggerMessage(EventId = 1701, Level = LogLevel.Warning, Message = "{Trouble}")]
    private static partial void LogTrouble(ILogger logger, string trouble);
}
