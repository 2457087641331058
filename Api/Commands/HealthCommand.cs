using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Commands;

/// <summary><c>health [live|ready]</c>: asks the server that runs with this configuration on this machine. For images without a shell, where a supervisor can run nothing but the program itself.</summary>
internal static class HealthCommand
{
    private const int Healthy = 0;
    private const int NotHealthy = 1;

    /// <summary>Below the 10 s that the supervisors in this repository grant, so that they come to hear why.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] words, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Parse(words, [], []);
        var what = arguments.Paths is [var one] ? one : "ready";
        if ((arguments.Unknown ?? (arguments.Paths.Count > 1 ? arguments.Paths[1] : what is "live" or "ready" ? null : what)) is { } unknown)
            return await Refuse(errors, $"\"{unknown}\" is not an option of health: it must be live or ready. See --help.", CommandLine.CouldNotRun);
        var urls = GatehouseBuilder.Create(arguments.Configuration).ReadOptions().Options.Urls;
        if (urls.Select(OnThisMachine).FirstOrDefault(u => u is not null) is not { } server)
            return await Refuse(errors, $"{Keys.Urls.Name} has no plain http address to ask.", CommandLine.CouldNotRun);

        var address = new Uri(server, $"/health/{what}");
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode) return await Refuse(errors, $"{address} answered {(int)answer.StatusCode}: {body}", NotHealthy);
            await output.WriteLineAsync(body);
            return Healthy;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return await Refuse(errors, $"{address} does not answer: {e.Message}", NotHealthy);
        }
    }

    /// <summary>Null: not over plain http. A certificate is made for the name that the callers use.</summary>
    private static Uri? OnThisMachine(string url) => ListenAddress.TryRead(url, out var address) && string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) ? address.FromThisMachine : null;

    private static async Task<int> Refuse(TextWriter errors, string sentence, int code)
    {
        await errors.WriteLineAsync(sentence);
        return code;
    }
}
