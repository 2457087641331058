using System.Net.Sockets;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Hosting;
using Gatehouse.Simulator;
using Gatehouse.Storage;
using Gatehouse.Storage.Postgres;
using Gatehouse.Storage.Sqlite;
using Microsoft.AspNetCore.Connections;

namespace Gatehouse.Api.Commands;

/// <summary>Serves uploads, and the simulator beside them where no Genesys Cloud is configured. What ends the start is one sentence, not a stack trace.</summary>
internal static class ServeCommand
{
    private const int StartRefused = 1;

    public static async Task<int> RunAsync(string[] words, TextWriter output, TextWriter errors)
    {
        if (words.FirstOrDefault(w => !w.StartsWith('-') && !IsValue(words, w)) is { } word)
            return await Refuse(errors, $"\"{word}\" is not an option of serve. See --help.", CommandLine.CouldNotRun);
        var builder = GatehouseBuilder.Create(words);
        var configuration = builder.ReadOptions();
        if (configuration.Problems.Count > 0)
            return await Refuse(errors, string.Join(Environment.NewLine, configuration.Problems), CommandLine.CouldNotRun);

        await using var simulator = Simulator(configuration.Options);
        if (simulator is not null)
        {
            if (await SimulatorHost.TryStartAsync(simulator) is { } refusal) return await Refuse(errors, refusal, StartRefused);
            await output.WriteLineAsync($"No Genesys Cloud is configured: a simulated one answers on {SimulatorHost.BoundAddress(simulator)}.");
        }

        return await ServeAsync(builder, configuration.Options, errors);
    }

    private static async Task<int> ServeAsync(WebApplicationBuilder builder, GatehouseOptions options, TextWriter errors)
    {
        // A start that fails is told below in a sentence; the host would log it as a stack trace first.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        try
        {
            await using var host = GatehouseHost.Build(builder, options);
            await host.StartAsync();
            await host.WaitForShutdownAsync();
            return 0;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException || IsAddressInUse(taken))
        {
            return await Refuse(errors, $"Gatehouse cannot listen on {string.Join(", ", options.Urls)}: the port is taken. Stop what uses it, or set {Keys.Urls.Name} to another address (--Urls=http://127.0.0.1:8081).", StartRefused);
        }
        catch (SocketException unusable)
        {
            return await Refuse(errors, $"Gatehouse cannot listen on {string.Join(", ", options.Urls)}: {unusable.Message}. Set {Keys.Urls.Name} to an address of this machine that it may listen on.", StartRefused);
        }
        catch (StoreFailedException broken)
        {
            return await Refuse(errors, $"{Keys.DataDirectory.Name} '{Path.GetFullPath(options.Data.Directory)}' holds a database that cannot be used: {broken.Message} Put it right, restore a copy, or give another folder.", StartRefused);
        }
        catch (Exception refused) when (refused is DataFolderException or DatabaseUnusableException or SharedBlobFolderException or StateMovedException or NewerSchemaException)
        {
            return await Refuse(errors, refused.Message, StartRefused);
        }
    }

    /// <summary>Null where a Genesys Cloud is configured, in Production, or when <c>Simulator:Url</c> is empty.</summary>
    private static WebApplication? Simulator(GatehouseOptions options) =>
        options.Simulator.Url is { } url ? SimulatorHost.Build(new SimulatorOptions { Url = url.GetLeftPart(UriPartial.Authority) }) : null;

    private static bool IsAddressInUse(Exception e) => e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    /// <summary>.NET also takes <c>--Key value</c>.</summary>
    private static bool IsValue(string[] words, string word) =>
        Array.IndexOf(words, word) is > 0 and var at && words[at - 1].StartsWith("--", StringComparison.Ordinal) && !words[at - 1].Contains('=', StringComparison.Ordinal);

    private static async Task<int> Refuse(TextWriter errors, string sentence, int code)
    {
        await errors.WriteLineAsync(sentence);
        return code;
    }
}
