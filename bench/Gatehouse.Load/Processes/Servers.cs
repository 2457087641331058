using System.Globalization;
using System.Net;

namespace Gatehouse.Load;

/// <summary>How the two servers are started for a measurement.</summary>
internal static class Servers
{
    private static readonly KeyValuePair<string, string>[] Runtime = [new("DOTNET_gcServer", "0")];

    /// <summary>The simulator keeps every receipt of a run and no image.</summary>
    public static Task<ServerProcess> SimulatorAsync(string dll, CancellationToken cancellationToken)
    {
        var address = ServerProcess.FreeAddress();
        return ServerProcess.StartAsync(
            dll, ["--urls", $"http://{address}", "--Simulator:KeepImageBytes=0", "--Simulator:KeepReceived=10000000"], Runtime, address, cancellationToken);
    }

    /// <summary>A node of Gatehouse on its defaults (SQLite, inspection on) with quotas lifted, so that the load is what limits it.</summary>
    public static Task<ServerProcess> GatehouseAsync(string dll, IPEndPoint genesys, string data, int node, LoadOptions options, CancellationToken cancellationToken)
    {
        var address = ServerProcess.FreeAddress();
        KeyValuePair<string, string>[] environment =
        [
            .. Runtime,
            new("Urls", $"http://{address}"),
            new("ASPNETCORE_URLS", $"http://{address}"),
            new("ASPNETCORE_ENVIRONMENT", "Development"),
            new("Data__Directory", Path.Combine(data, $"{node}")),
            new("Simulator__Url", ""),
            new("Genesys__LoginBaseAddress", $"http://{genesys}"),
            new("Genesys__ApiBaseAddress", $"http://{genesys}"),
            new("Genesys__ClientId", "bench"),
            new("Genesys__ClientSecret", "bench"),
            new("Genesys__RequestsPerMinute", "0"),
            new("Delivery__Route", "contact-attachments"),
            new("Quotas__MaxFiles", "1000000000"),
            new("Quotas__MaxBytes", (1L << 60).ToString(CultureInfo.InvariantCulture)),
            new("Quotas__MaxConcurrent", "1000"),
            new("Quotas__MaxAttempts", "1000000000"),
            new("Limits__MaxFileBytes", "10485760"),
            new("Logging__LogLevel__Default", "Warning"),
            .. options.Environment.Select(variable => KeyValuePair.Create(variable.Key, variable.Value.Replace("{node}", $"{node}", StringComparison.Ordinal))),
        ];
        return ServerProcess.StartAsync(dll, [], environment, address, cancellationToken);
    }
}
