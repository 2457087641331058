using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Testing.ObjectStores;

/// <summary>A server of the tests' own, on the loopback: ended when it is disposed, and by the system when this process is.</summary>
internal sealed class ServerProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="program">And its arguments.</param>
    public ServerProgram(params string[] program)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The system ends the server with the thread that began it: one that lives as long as the server does.
        new Thread(() => Watch(program, started)) { IsBackground = true, Name = program[0] }.Start();
        _process = started.Task.GetAwaiter().GetResult();
        _errors = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Returns when something listens there.</summary>
    public void UntilListening(int port)
    {
        while (!Listens(port))
        {
            if (_process.HasExited) throw new InvalidOperationException($"It ended right after its start: {_errors.GetAwaiter().GetResult()}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void Watch(string[] program, TaskCompletionSource<Process> started)
    {
        try
        {
            string[] words = OperatingSystem.IsLinux() ? ["setpriv", "--pdeathsig=KILL", .. program] : program;
            var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
            started.SetResult(process);
            process.WaitForExit();
        }
        catch (Exception e)
        {
            started.TrySetException(e);
        }
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
