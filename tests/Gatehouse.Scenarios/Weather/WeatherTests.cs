using System.Globalization;
using Gatehouse.Actors.Tokens;
using Gatehouse.Scenarios.Harness;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Gatehouse.Scenarios.Weather;

/// <summary>
/// Everything at once. <c>GATEHOUSE_WEATHER_UPLOADS=1000</c> makes it the full run: 1,000 uploads over 200 contacts, all delivered within five minutes.
/// </summary>
public sealed class WeatherTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Uploads = int.TryParse(Environment.GetEnvironmentVariable("GATEHOUSE_WEATHER_UPLOADS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 60;

    private static bool IsFull => Uploads >= 1000;

    private SimulatorProcess _simulator = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync();
        _gateway = await GatewayProcess.StartAsync(_simulator.Url, ("Genesys:RequestsPerMinute", "3000"), ("Quotas:MaxConcurrent", "100"));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Every_upload_arrives_in_its_contacts_order_and_no_call_is_made_that_Genesys_asked_not_to_make()
    {
        using var neighbour = IsFull ? new Neighbour(_simulator.Url) : null;
        var run = new WeatherRun(_simulator, _gateway, Uploads, contacts: Uploads / (IsFull ? 5 : 3), neighbour);
        await run.RunAsync(seconds: 300);

        var received = await _simulator.ReceivedAsync();
        var stats = await _simulator.StatsAsync();
        output.WriteLine(stats.GetRawText());
        output.WriteLine($"squalls {run.Squalls}, arrivals {received.Count}, delivered after {run.Took.TotalSeconds:F1} s");
        foreach (var (contact, line) in run.Lines)
        {
            Assert.Equal(line, received.Where(r => string.Equals(r.Contact, contact, StringComparison.Ordinal)).Select(r => r.MessageId).Distinct());
            foreach (var upload in line) Assert.Equal("delivered", (await _gateway.GetJsonAsync("/v1/uploads/" + upload)).GetProperty("upload").GetProperty("status").GetString());
        }

        // Sent again only where the reply to the one before was lost.
        foreach (var copies in received.GroupBy(r => r.MessageId)) Assert.All(copies.SkipLast(1), copy => Assert.Equal("dropped", copy.Reply));
        Assert.InRange(received.Count - Uploads, 0, stats.GetProperty("calls").GetProperty("POST /api/v2/externalcontacts/{contactId}/attachments").TryGetProperty("reply_dropped", out var lost) ? lost.GetInt64() : 0);
        Assert.True(run.Squalls > 0, "nobody was asked to wait");
        // Who ignored a pause would make dozens. Beside other tests the machine may be too busy to hear of a 429 in a quarter of a second; a full run has it to itself.
        Assert.InRange(stats.GetProperty("calls_inside_retry_after_of").GetProperty("429_late").GetInt64(), 0, IsFull ? 0 : 3);
        await _gateway.Process.TerminateAsync();
        Assert.Equal(TokenVersion(), (await _simulator.StatsAsync()).GetProperty("token_requests").GetInt64() - (neighbour?.Tokens ?? 0));
    }

    /// <summary>Tokens that the deployment has had: each was asked for once, if there were as many requests.</summary>
    private long TokenVersion()
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(_gateway.DataFolder, "gatehouse.db")};Mode=ReadOnly");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT schema, state FROM actors WHERE kind = 'token'";
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        return new TokenActor(new TokenRules()).Read(row.GetInt32(0), (byte[])row[1]).Version;
    }
}
