using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Load;

/// <summary>A server that this program started, on a free port of the loopback, stopped by its id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Kernel ticks a second in /proc/PID/stat: USER_HZ is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private ServerProcess(Process process, IPEndPoint address) => (_process, Address) = (process, address);

    public IPEndPoint Address { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>A port that was free a moment ago.</summary>
    public static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="LoadException">It ended, or did not listen in time; with what it said.</exception>
    public static async Task<ServerProcess> StartAsync(
        string dll, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, IPEndPoint address, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(dll))!,
        };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var process = Process.Start(start) ?? throw new LoadException($"{dll} could not be started.");
        var said = new LastLines();
        process.OutputDataReceived += said.Heard;
        process.ErrorDataReceived += said.Heard;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, address);
        var waiting = Stopwatch.StartNew();
        while (!await ListensAsync(address, cancellationToken))
        {
            if (!process.HasExited && waiting.Elapsed < StartLimit)
                continue;
            await server.DisposeAsync();
            throw new LoadException($"{dll} does not listen on {address}.{Environment.NewLine}{said}");
        }

        return server;
    }

    /// <summary>CPU time that the process has used, user and system.</summary>
    public TimeSpan Cpu()
    {
        var stat = File.ReadAllText($"/proc/{Id}/stat");
        // Fields 14 and 15 of proc(5); the second field may hold spaces, so counting begins after its bracket.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }

    /// <summary>The most memory that was ever resident (VmHWM), in megabytes of 1,048,576 bytes.</summary>
    public double PeakMemoryMb()
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB ").ToString(), CultureInfo.InvariantCulture) / 1024.0;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await probe.ConnectAsync(address, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            return false;
        }
    }
}
