using System.Net.Sockets;
using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Storage;
using Gatehouse.Storage.Postgres;
using Gatehouse.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Hosting;

/// <summary>Serves until it is stopped. What ends the start is one sentence, not a stack trace.</summary>
public static class GatehouseServer
{
    /// <summary>The start was refused; the sentence is on the error stream.</summary>
    public const int StartRefused = 1;

    /// <returns>0, or <see cref="StartRefused"/>.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, GatehouseOptions options, Func<WebApplication> build, TextWriter errors)
    {
        // A start that fails is told below in a sentence; the host would log it as a stack trace first.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        try
        {
            await using var host = build();
            await host.StartAsync();
            await host.WaitForShutdownAsync();
            return 0;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException || taken.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            await errors.WriteLineAsync($"Gatehouse cannot listen on {string.Join(", ", options.Urls)}: the port is taken. Stop what uses it, or set {Keys.Urls.Name} to another address (--Urls=http://127.0.0.1:8081).");
        }
        catch (SocketException unusable)
        {
            await errors.WriteLineAsync($"Gatehouse cannot listen on {string.Join(", ", options.Urls)}: {unusable.Message}. Set {Keys.Urls.Name} to an address of this machine that it may listen on.");
        }
        catch (Exception refused) when (IsTheServers(refused))
        {
            await errors.WriteLineAsync(
                $"Gatehouse cannot listen on {string.Join(", ", options.Urls)}: {refused.Message.Split('\n')[0].Trim().TrimEnd('.')}. Set {Keys.Urls.Name} to addresses that it may listen on, and for https Kestrel:Certificates:Default:Path to a certificate (with KeyPath or Password).");
        }
        catch (StoreFailedException broken)
        {
            await errors.WriteLineAsync($"{Keys.DataDirectory.Name} '{Path.GetFullPath(options.Data.Directory)}' holds a database that cannot be used: {broken.Message} Put it right, restore a copy, or give another folder.");
        }
        catch (Exception refused) when (refused is DataFolderException or DatabaseUnusableException or SharedBlobFolderException or BlobStoreUnusableException or StateMovedException or NewerSchemaException)
        {
            await errors.WriteLineAsync(refused.Message);
        }
        return StartRefused;
    }

    /// <summary>What the server says to addresses and certificates in its own section Kestrel, which no rule here has read: any kind of exception, but always on its way through the server's own code.</summary>
    private static bool IsTheServers(Exception refused) =>
        refused is InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException or CryptographicException
        && refused.StackTrace?.Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) is true;
}
