using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Weather;

/// <summary>The OAuth client's secret is wrong, and is put right in its file while the gateway runs.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private const int Uploads = 100;
    private const int Contacts = 20;

    private readonly TemporaryFolder _secrets = new();
    private SimulatorProcess _simulator = null!;

    public async Task InitializeAsync() => _simulator = await SimulatorProcess.StartAsync();

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _secrets.Dispose();
    }

    [Fact]
    public async Task Uploads_that_wait_under_a_wrong_secret_are_all_delivered_after_it_was_put_right()
    {
        await WriteAsync("Genesys__ClientSecret", "wrong");
        await using var gateway = await StartAsync(("Genesys:ClientSecret", null));
        var accepted = new List<Answer>();
        for (var i = 0; i < Uploads; i++) accepted.Add((await SendAsync(gateway, i)).Expect(HttpStatusCode.Accepted));

        await Eventually.HoldsAsync("the refusal shows", async () => await StatusAsync(gateway) is "degraded" ? null : "not degraded");
        var waiting = await SendAsync(gateway, Uploads);
        waiting.Expect(HttpStatusCode.Accepted);
        Assert.Empty(await _simulator.ReceivedAsync());

        await WriteAsync("Genesys__ClientSecret", "right");
        await Eventually.HoldsAsync("all are delivered", async () =>
        {
            var statuses = await StatusesAsync(gateway, accepted.Append(waiting));
            Assert.DoesNotContain(statuses, status => status is "failed" or "expired");
            return statuses.All(status => status is "delivered") ? null : $"{statuses.Count(status => status is "delivered")} delivered";
        });
        var received = await _simulator.ReceivedAsync();
        Assert.Equal(Uploads + 1, received.Select(r => r.MessageId).Distinct().Count());
        foreach (var line in accepted.Append(waiting).GroupBy(a => a.Upload.GetProperty("contact_id").GetString()))
            Assert.Equal(line.Select(a => a.Id), received.Where(r => string.Equals(r.Contact, line.Key, StringComparison.Ordinal)).Select(r => r.MessageId));
        await Eventually.HoldsAsync("all is well", async () => await StatusAsync(gateway) is "ready" ? null : "still degraded");
    }

    [Fact]
    public async Task Of_several_clients_one_with_a_wrong_secret_holds_nobody_up_and_joins_in_when_it_is_put_right()
    {
        await WriteAsync("Genesys__Clients__0__ClientSecret", "right");
        await WriteAsync("Genesys__Clients__1__ClientSecret", "wrong");
        await using var gateway = await StartAsync(("Genesys:ClientId", null), ("Genesys:ClientSecret", null), ("Genesys:Clients:0:ClientId", "first"), ("Genesys:Clients:1:ClientId", "second"));
        for (var i = 0; i < 10; i++) (await SendAsync(gateway, i, "wait=30")).Expect(HttpStatusCode.OK);
        Assert.Equal("degraded", await StatusAsync(gateway));

        await WriteAsync("Genesys__Clients__1__ClientSecret", "right");
        await Eventually.HoldsAsync("all is well", async () => await StatusAsync(gateway) is "ready" ? null : "still degraded");
        for (var i = 10; i < 20; i++) (await SendAsync(gateway, i, "wait=30")).Expect(HttpStatusCode.OK);
    }

    private Task<GatewayProcess> StartAsync(params (string Key, string? Value)[] settings) => GatewayProcess.StartAsync(
        _simulator.Url, [("Secrets:Directory", _secrets.Path), ("Secrets:RereadSeconds", "1"), ("Quotas:MaxConcurrent", "100"), .. settings]);

    private static Task<Answer> SendAsync(GatewayProcess gateway, int number, string prefer = "respond-async") =>
        new UploadForm(Pngs.Noise(number, 600), $"{number}.png", $"customer-{number % Contacts}") { Prefer = prefer }.SendAsync(gateway.Http);

    /// <summary>Of a gateway that must stay ready whatever Genesys does.</summary>
    private static async Task<string?> StatusAsync(GatewayProcess gateway) => (await gateway.GetJsonAsync("/health/ready")).GetProperty("status").GetString();

    private static async Task<List<string?>> StatusesAsync(GatewayProcess gateway, IEnumerable<Answer> uploads)
    {
        var statuses = new List<string?>();
        foreach (var upload in uploads) statuses.Add((await gateway.GetJsonAsync("/v1/uploads/" + upload.Id)).GetProperty("upload").GetProperty("status").GetString());
        return statuses;
    }

    /// <summary>As whoever rotates secrets does it: a whole file in the old one's place.</summary>
    private async Task WriteAsync(string key, string secret)
    {
        var next = Path.Combine(_secrets.Path, "." + key);
        await File.WriteAllTextAsync(next, secret);
        File.Move(next, Path.Combine(_secrets.Path, key), overwrite: true);
    }
}
