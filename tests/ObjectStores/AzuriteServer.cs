using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gatehouse.Storage.Azure;

namespace Gatehouse.Testing.ObjectStores;

/// <summary>A real Azure Blob API of the tests' own: Azurite, over TLS, as it gives delegation keys over nothing else.</summary>
internal sealed class AzuriteServer : IDisposable
{
    private const string Account = "gatehouse";

    private static readonly Lazy<AzuriteServer> OfThisRun = new(() =>
    {
        var server = new AzuriteServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-azure-").FullName;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly int _port = FreePort.Next();
    private readonly ServerProgram _server;

    private AzuriteServer()
    {
        WriteCertificate();
        _server = new ServerProgram(
            "env", $"AZURITE_ACCOUNTS={Account}:{_key}", "node", Script!, "--blobHost", "127.0.0.1", "--blobPort", $"{_port}", "--inMemoryPersistence", "--silent", "--disableTelemetry",
            "--oauth", "basic", "--cert", Path.Combine(_folder, "cert.pem"), "--key", Path.Combine(_folder, "key.pem"));
        _server.UntilListening(_port);
    }

    /// <summary>Null: tests that need it can run.</summary>
    public static string? Missing { get; } = Script is null ? "Azurite is not installed" : null;

    /// <summary>One for all tests of this process.</summary>
    public static AzuriteServer Shared => OfThisRun.Value;

    /// <summary>On the path, or where test.sh puts it.</summary>
    private static string? Script
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            string[] folders = [.. Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [], Path.Combine(cache, "gatehouse-tests", "node_modules", ".bin")];
            return folders.Select(folder => Path.Combine(folder, "azurite-blob")).FirstOrDefault(File.Exists);
        }
    }

    /// <summary>A container of its own, with the account's key.</summary>
    public async Task<AzureOptions> NewContainerAsync()
    {
        var options = new AzureOptions
        {
            Endpoint = new Uri($"https://127.0.0.1:{_port}/{Account}"),
            Account = Account,
            Container = $"files-{RandomNumberGenerator.GetHexString(16, lowercase: true)}",
            Prefix = "gatehouse/",
            AccountKey = _key,
        };
        using var http = new HttpClient(Trusting());
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{options.Endpoint}/{options.Container}?restype=container");
        request.Headers.Add("x-ms-version", AzureApi.Version);
        request.Headers.Add("x-ms-date", DateTimeOffset.UtcNow.ToString("R"));
        await new AccountKeyCredential(Account, Convert.FromBase64String(_key)).AuthorizeAsync(request, CancellationToken.None);
        using var made = await http.SendAsync(request);
        Assert.True(made.StatusCode == HttpStatusCode.Created, $"{made}\n{await made.Content.ReadAsStringAsync()}");
        return options;
    }

    /// <summary>Believes the server's own certificate, and no other.</summary>
    public static SocketsHttpHandler Trusting() => new() { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, shown, _, _) => shown!.Subject is "CN=gatehouse-tests" } };

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=gatehouse-tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}

/// <summary>Against a real Azure Blob API.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAzuriteAttribute : NeedsAttribute
{
    public override string? Missing => AzuriteServer.Missing;
}

/// <summary>A test that needs a real Azure Blob API; skipped, and counted as skipped, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = AzuriteServer.Missing;
}
