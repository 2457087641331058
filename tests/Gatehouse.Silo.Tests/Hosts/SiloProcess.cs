using Gatehouse.Scenarios.Harness;
using Gatehouse.Silo.Configuration;

namespace Gatehouse.Silo.Tests.Hosts;

/// <summary>The silo host as a process of its own, which finds the others in PostgreSQL and can be killed.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerProcess _process;

    private SiloProcess(string role, string database, Uri genesys)
    {
        var url = FreePort.Address();
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(90) };
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Urls"] = url.GetLeftPart(UriPartial.Authority),
            ["Data__Directory"] = _folder.Path,
            ["State__Store"] = "postgres",
            ["State__ConnectionString"] = database,
            ["Blobs__Store"] = "postgres",
            ["Silo__Role"] = role,
            ["Silo__Clustering"] = SiloKeys.Postgres,
            ["Silo__Address"] = "127.0.0.1",
            ["Silo__SiloPort"] = $"{FreePort.Next()}",
            ["Silo__GatewayPort"] = $"{FreePort.Next()}",
            ["Genesys__LoginBaseAddress"] = genesys.AbsoluteUri,
            ["Genesys__ApiBaseAddress"] = genesys.AbsoluteUri,
            ["Genesys__ClientId"] = "id",
            ["Genesys__ClientSecret"] = "secret",
            ["Genesys__RequestsPerMinute"] = "0",
            ["Delivery__Route"] = "contact-attachments",
            ["Delivery__WaitSeconds"] = "60",
        };
        _process = ServerProcess.Start(Programs.Built("Silo", "Silo.dll"), [], settings, _folder.Path);
    }

    public HttpClient Http { get; }

    public static async Task<SiloProcess> StartAsync(string role, string database, Uri genesys)
    {
        var silo = new SiloProcess(role, database, genesys);
        await Eventually.HoldsAsync("the silo host is ready", async () =>
        {
            Assert.False(silo._process.HasExited, "it ended: " + silo._process.Transcript);
            try
            {
                using var answer = await silo.Http.GetAsync("/health/ready");
                return answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            }
            catch (HttpRequestException e)
            {
                return e.Message + "\n" + silo._process.Transcript;
            }
        });
        return silo;
    }

    /// <summary>SIGKILL: nobody is told.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }
}
