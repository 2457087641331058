using Microsoft.AspNetCore.Connections;

namespace Gatehouse.Simulator;

/// <summary>Builds, starts and runs the stand-in for Genesys Cloud.</summary>
public static class SimulatorHost
{
    /// <summary>
    /// A simulator with a server of its own, to be started and stopped by the caller; it logs nothing, reads no configuration and leaves the process' signals alone.
    /// </summary>
    /// <exception cref="ArgumentException">An option is wrong; the message is one sentence that names it.</exception>
    public static WebApplication Build(SimulatorOptions options, TimeProvider? time = null) =>
        Create(options, time ?? TimeProvider.System, static services => services.AddSingleton<IHostLifetime, EmbeddedLifetime>());

    /// <summary>A simulator as its own program: options from arguments and environment, stopped by Ctrl+C and SIGTERM.</summary>
    /// <exception cref="ArgumentException">An argument is wrong; the message is one sentence that names it.</exception>
    public static WebApplication Build(string[] args)
    {
        var (options, problem) = OptionsFrom.CommandLine(args);
        return options is null ? throw new ArgumentException(problem, nameof(args)) : Create(options, TimeProvider.System, static _ => { });
    }

    /// <summary>Starts it. Null when it listens; else one sentence saying why it cannot, a taken port first of all.</summary>
    public static async Task<string?> TryStartAsync(WebApplication simulator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        var url = simulator.Urls.First();
        try
        {
            await simulator.StartAsync(cancellationToken);
            return null;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return $"The simulator cannot listen on {url}: the port is taken. Stop what uses it, or give the simulator another address with --urls (Simulator:Url).";
        }
        catch (Exception refused) when (refused is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            return $"The simulator cannot listen on {url}: {refused.Message}";
        }
    }

    /// <summary>Where a started simulator listens, with the port that port 0 became.</summary>
    public static Uri BoundAddress(WebApplication simulator)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        return new Uri(simulator.Urls.First());
    }

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var (options, problem) = OptionsFrom.CommandLine(args);
        if (options is null)
        {
            await errors.WriteLineAsync(problem);
            return 2;
        }

        await using var simulator = Create(options, TimeProvider.System, static _ => { });
        if (await TryStartAsync(simulator) is { } refusal)
        {
            await errors.WriteLineAsync(refusal);
            return 1;
        }

        await output.WriteLineAsync($"A simulated Genesys Cloud answers on {BoundAddress(simulator)} (random faults seeded with {simulator.Services.GetRequiredService<Dice>().Seed}).");
        await output.FlushAsync();
        await simulator.WaitForShutdownAsync();
        return 0;
    }

    private static WebApplication Create(SimulatorOptions options, TimeProvider time, Action<IServiceCollection> lifetime)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));

        // Empty: the environment, appsettings and URLs of a host around it are not the simulator's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Gatehouse.Simulator" });
        lifetime(builder.Services);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks>();
        builder.Services.AddRoutingCore();
        builder.Services.AddSimulator(options, time);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // Bodies are streamed, never held; the simulator limits nothing until told to.
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        var app = builder.Build();
        app.Urls.Add(options.Url);
        app.UseWebSockets();
        app.MapSimulator();
        return app;
    }
}
