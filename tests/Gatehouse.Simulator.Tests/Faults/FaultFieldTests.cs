using System.Net;

namespace Gatehouse.Simulator.Tests.Faults;

public sealed class FaultFieldTests
{
    [Fact]
    public async Task Every_field_of_the_contract_is_taken_and_shown_again()
    {
        const string all = """{"status":503,"rate":0.2,"retry_after_seconds":2,"drop_rate":0.1,"drop_after_reply_rate":0.1,"latency_ms":50,"token_lifetime_seconds":5,"requests_per_minute":300,"unknown_contacts":["c-1"],"hold_replies":true,"token":false,"unknown_integrations":["int-1"],"unknown_conversations":["v-1"],"waiting_conversations":["*"],"ended_conversations":["v-3"],"media_polls":2,"media_invalid":true,"unknown_deployments":["d-1"],"allowed_origins":["https://example.com"],"max_file_size_kb":1,"blocked_extensions":[".exe"],"session_read_only":true,"session_error":4006,"attachment_error":4001,"upload_error":4003,"message_error":4029,"guest_requests_per_minute":5,"client_requests_per_minute":10,"limit_attachments":true,"wrong_secrets":["old"],"disabled_clients":["client"],"poisoned_files":["bad.pdf"],"calls":["GET /v1"],"unknown_profiles":["p-1"],"inbound_types":["image/*"],"outbound_types":[],"merged_contacts":{"c-1":"c-2"},"fetch":"none","fetch_delay_ms":1}""";
        await using var simulator = await RunningSimulator.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await simulator.FaultsAsync(all));
        Assert.Equal(all, (await simulator.GetAsync("/simulator/faults")).GetRawText());
    }

    [Theory]
    [InlineData("""{"rate":0.5}""")]
    [InlineData("""{"retry_after_seconds":3}""")]
    [InlineData("""{"rate":0.1,"drop_rate":0.1}""")]
    public async Task A_field_alone_is_taken(string json)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await simulator.FaultsAsync(json));
        Assert.Equal(json, (await simulator.GetAsync("/simulator/faults")).GetRawText());
    }

    [Theory]
    [InlineData("""{"stauts": 503}""", "stauts")]
    [InlineData("""{"status": 200}""", "status")]
    [InlineData("""{"status": 600}""", "status")]
    [InlineData("""{"status": "503"}""", "status")]
    [InlineData("""{"status": 503, "rate": 1.5}""", "rate")]
    [InlineData("""{"rate": -0.5}""", "rate")]
    [InlineData("""{"status": 503, "retry_after_seconds": -1}""", "retry_after_seconds")]
    [InlineData("""{"drop_rate": -0.1}""", "drop_rate")]
    [InlineData("""{"drop_after_reply_rate": true}""", "drop_after_reply_rate")]
    [InlineData("""{"latency_ms": 1.5}""", "latency_ms")]
    [InlineData("""{"token_lifetime_seconds": 0}""", "token_lifetime_seconds")]
    [InlineData("""{"requests_per_minute": 0}""", "requests_per_minute")]
    [InlineData("""{"unknown_contacts": "c-1"}""", "unknown_contacts")]
    [InlineData("""{"unknown_contacts": [1]}""", "unknown_contacts")]
    [InlineData("""{"hold_replies": 1}""", "hold_replies")]
    [InlineData("""{"token": 1}""", "token")]
    [InlineData("""{"fetch": "some"}""", "fetch")]
    [InlineData("""{"blocked_extensions": ["exe"]}""", "blocked_extensions")]
    [InlineData("""{"upload_error": 200}""", "upload_error")]
    [InlineData("""{"inbound_types": ["pdf"]}""", "inbound_types")]
    [InlineData("""{"merged_contacts": ["c-1"]}""", "merged_contacts")]
    [InlineData("""{"merged_contacts": {"c-1": 2}}""", "merged_contacts")]
    public async Task A_wrong_fault_is_refused_by_name_and_changes_nothing(string json, string field)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"latency_ms": 1}""");
        using var reply = await simulator.PostFaultsAsync(json);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var problem = await RunningSimulator.JsonOf(reply);
        Assert.Equal(field, problem.GetProperty("field").GetString());
        Assert.Contains(field, problem.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"latency_ms":1}""", (await simulator.GetAsync("/simulator/faults")).GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"status": 503, "status": 500}""")]
    [InlineData("""{"unknown_contacts": ["\ud800"]}""")]
    [InlineData("""{"\ud800": 1}""")]
    public async Task What_is_no_object_of_faults_is_refused(string json)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await simulator.FaultsAsync(json));
    }
}
