using System.Net;

namespace Gatehouse.Gateway.Tests.Scanning;

/// <summary>A real clamd of the tests' own: with one signature, in a temporary folder, on a free port and a socket.</summary>
internal sealed class ClamdServer : IDisposable
{
    /// <summary>What its one signature finds, and what it calls it.</summary>
    public const string Marker = "gatehouse finds this in a file";

    public const string Signature = "Gatehouse.Test.Marker.UNOFFICIAL";

    private const string Program = "/usr/sbin/clamd";

    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-clamd-").FullName;
    private readonly int _port = FreePort.Next();
    private readonly ServerProgram _server;

    /// <param name="settings">Lines of clamd.conf.</param>
    public ClamdServer(params string[] settings)
    {
        var database = Directory.CreateDirectory(Path.Combine(_folder, "db")).FullName;
        File.WriteAllText(Path.Combine(database, "gatehouse.ndb"), $"Gatehouse.Test.Marker:0:*:{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(Marker))}\n");
        File.WriteAllLines(
            Path.Combine(_folder, "clamd.conf"),
            [$"LocalSocket {Socket}", $"TCPSocket {_port}", "TCPAddr 127.0.0.1", $"DatabaseDirectory {database}", $"TemporaryDirectory {_folder}", "Foreground yes", "ConcurrentDatabaseReload no", .. settings]);
        _server = new ServerProgram(Program, "--config-file=" + Path.Combine(_folder, "clamd.conf"));
        _server.UntilListening(_port);
    }

    /// <summary>Null: tests that need it can run.</summary>
    public static string? Missing => File.Exists(Program) ? null : "clamd is not installed";

    public EndPoint Tcp => new IPEndPoint(IPAddress.Loopback, _port);

    public EndPoint Unix => new System.Net.Sockets.UnixDomainSocketEndPoint(Socket);

    private string Socket => Path.Combine(_folder, "clamd.ctl");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A test that needs a real clamd; skipped, and counted as skipped, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClamdFactAttribute : FactAttribute
{
    public ClamdFactAttribute() => Skip = ClamdServer.Missing;
}
