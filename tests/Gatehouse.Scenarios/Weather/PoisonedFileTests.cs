using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Weather;

/// <summary>One file that Genesys cannot digest, among others that it can.</summary>
public sealed class PoisonedFileTests : IAsyncLifetime
{
    private SimulatorProcess _simulator = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync();
        _gateway = await GatewayProcess.StartAsync(_simulator.Url, ("Delivery:MaxAttempts", "3"));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task It_ends_failed_with_its_reason_the_others_of_its_contact_arrive_in_order_and_no_other_contact_notices()
    {
        await _simulator.FaultsAsync(new { poisoned_files = new[] { "poison.png" } });
        var answers = new List<Answer>();
        for (var i = 0; i < 10; i++)
            answers.Add((await new UploadForm(Pngs.Noise(i, 900), i == 3 ? "poison.png" : $"{i}.png", "unlucky") { Prefer = "respond-async" }.SendAsync(_gateway.Http)).Expect(HttpStatusCode.Accepted));
        (await new UploadForm(Pngs.Noise(99, 900), "well.png", "lucky").SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);

        var poisoned = answers[3].Id;
        await Eventually.HoldsAsync("the last one is delivered", async () =>
            (await UploadAsync(answers[^1].Id)).GetProperty("upload").GetProperty("status").GetString() is "delivered" ? null : "not yet");
        var failed = await UploadAsync(poisoned);
        Assert.Equal("failed", failed.GetProperty("upload").GetProperty("status").GetString());
        Assert.Equal(3, failed.GetProperty("upload").GetProperty("attempts").GetInt32());
        var error = failed.GetProperty("error");
        Assert.Equal(("genesys-refused", 500, "internal.server.error"), (error.GetProperty("code").GetString(), error.GetProperty("genesys_status").GetInt32(), error.GetProperty("genesys_code").GetString()));
        Assert.True(Guid.TryParse(error.GetProperty("correlation_id").GetString(), out _));
        Assert.Equal(answers.Select(a => a.Id).Where(id => !string.Equals(id, poisoned, StringComparison.Ordinal)), (await _simulator.ReceivedAsync("unlucky")).Select(r => r.MessageId));
        Assert.Contains(_gateway.Said, line => line.Contains(poisoned, StringComparison.Ordinal) && line.Contains(error.GetProperty("correlation_id").GetString()!, StringComparison.Ordinal));
    }

    private Task<System.Text.Json.JsonElement> UploadAsync(string id) => _gateway.GetJsonAsync("/v1/uploads/" + id);
}
