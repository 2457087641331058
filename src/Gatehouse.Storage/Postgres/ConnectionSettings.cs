using System.Globalization;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>What <c>State:ConnectionString</c> may be, and what is taken where it says nothing.</summary>
public static class ConnectionSettings
{
    /// <summary>
    /// Saves and loads of a node rarely overlap by more than this, and four nodes stay below the 100 connections that a server allows by default. Commands longer than half a claim's lease of 10 s
    /// help nobody. Statements are few and come again: each connection keeps them prepared.
    /// </summary>
    private const string Standard =
        "Application Name=gatehouse;Maximum Pool Size=20;Timeout=5;Command Timeout=5;Max Auto Prepare=64;Auto Prepare Min Usages=2;Tcp Keepalive=true;Tcp Keepalive Time=10;Tcp Keepalive Interval=5;";

    /// <summary>Null when it can be used; else the end of a sentence that says what it must be, without repeating any of it.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            var settings = Read(connectionString);
            if (string.IsNullOrEmpty(settings.Host)) return "it must name the database server, as in Host=db.example.org;Database=gatehouse;Username=gatehouse;Password=…";
            if (settings.Port > ushort.MaxValue || settings.Host.Split(',').Any(HasNoPort)) return "its port must be from 1 to 65535";
            // Some of its rules Npgsql applies only here.
            NpgsqlDataSource.Create(settings).Dispose();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            return "it must be such as Host=db.example.org;Database=gatehouse;Username=gatehouse;Password=…, in the keywords of Npgsql";
        }
    }

    /// <summary>Whether one of its hosts brings a port of its own that cannot be. An IPv6 address has colons too, inside its brackets or beside others.</summary>
    private static bool HasNoPort(string host)
    {
        var colon = host.IndexOf(':', host.LastIndexOf(']') + 1);
        return colon >= 0 && colon == host.LastIndexOf(':') && !ushort.TryParse(host.AsSpan(colon + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    internal static NpgsqlConnectionStringBuilder Read(string connectionString) => new(Standard + connectionString)
    {
        // No statement of ours leaves anything behind in its session; the reset would go before every command.
        NoResetOnClose = true,
        Enlist = false,
        // It knows no synchronous commands, and a start has some.
        Multiplexing = false,
        PersistSecurityInfo = false,
        IncludeErrorDetail = false,
    };
}
