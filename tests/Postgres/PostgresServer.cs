using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;

namespace Gatehouse.Testing.Postgres;

/// <summary>A PostgreSQL of the tests' own: in a temporary folder, on a free port of the loopback, with a password, as durable as it comes.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> OfThisRun = new(() =>
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-postgres-").FullName;
    private readonly string _password = RandomNumberGenerator.GetHexString(24);
    private Process? _process;
    private bool _disposed;

    private PostgresServer()
    {
        var passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, _password);
        if (Environment.IsPrivilegedProcess) PostgresPrograms.Run(PostgresPrograms.Plain("chown", "-R", "nobody:nogroup", _folder));
        PostgresPrograms.Run(PostgresPrograms.Start(
            PostgresPrograms.Of("initdb"), "-D", Data, "-U", "gatehouse", "--pwfile", passwordFile, "--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"));
        Port = FreePort.Next();
        Start();
    }

    /// <summary>One for all tests of this process.</summary>
    public static PostgresServer Shared => OfThisRun.Value;

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>A server of one test's own, which it may stop.</summary>
    public static PostgresServer StartOwn() => new();

    public string ConnectionString(string database, int? port = null) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port ?? Port,
        Database = database,
        Username = "gatehouse",
        Password = _password,
        MaxPoolSize = 10,
    }.ConnectionString;

    public void Execute(string sql, string database = "postgres")
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public T Ask<T>(string sql, string database)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Connections are cut, what was committed stays.</summary>
    /// <param name="mode"><c>fast</c> in order, <c>immediate</c> as in a crash.</param>
    public void Stop(string mode = "fast")
    {
        if (_process is null) return;
        PostgresPrograms.Run(PostgresPrograms.Start(PostgresPrograms.Of("pg_ctl"), "-D", Data, "-m", mode, "-w", "stop"));
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Returns when it answers.</summary>
    public void Start()
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The system ends the server with the thread that began it: one that lives as long as the server does.
        new Thread(() => Watch(started)) { IsBackground = true, Name = "postgres" }.Start();
        _process = started.Task.GetAwaiter().GetResult();
        while (!Answers())
        {
            if (_process.HasExited) throw new InvalidOperationException("PostgreSQL ended right after its start.");
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private void Watch(TaskCompletionSource<Process> started)
    {
        try
        {
            var process = Process.Start(PostgresPrograms.Start(
                PostgresPrograms.Of("postgres"), "-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=on", "-c", "max_connections=200", "-c", "logging_collector=off"))!;
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            started.SetResult(process);
            process.WaitForExit();
        }
        catch (Exception e)
        {
            started.TrySetException(e);
        }
    }

    private bool Answers()
    {
        try
        {
            Execute("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
