using System.Net;
using System.Text.Json;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>Operators see each upload in one log line, and all of them in the metrics.</summary>
public sealed class ObservabilityTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway = new(simulator: null, ("Logging:Console:FormatterName", "json"));

    public Task InitializeAsync() => _gateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task An_upload_leaves_one_log_line_that_tells_its_story()
    {
        var sent = (await UploadForm.Sample("gatehouse.png", "logged").SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        await Eventually.HoldsAsync("the line is written", () => Task.FromResult(Lines(sent.Id).Count > 0 ? null : _gateway.Process.Transcript));
        var line = Assert.Single(Lines(sent.Id));
        Assert.All(["logged", "image/png", "2463", "200"], word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind);
    }

    [Fact]
    public async Task Metrics_count_what_happened()
    {
        (await UploadForm.Sample("gatehouse.jpg", "measured").SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        (await UploadForm.Sample("program.png", "measured").SendAsync(_gateway.Http)).Refused(HttpStatusCode.UnsupportedMediaType, "type-not-allowed");
        using var answer = await _gateway.Http.GetAsync("/metrics");
        Assert.StartsWith("text/plain", answer.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
        var metrics = await answer.Content.ReadAsStringAsync();
        Assert.Contains("type-not-allowed", metrics, StringComparison.Ordinal);
        Assert.Matches("(?m)^gatehouse_uploads_total\\{[^}]*\\} [1-9]", metrics);
        Assert.Matches("(?m)^gatehouse_[a-z_]*token[a-z_]*(\\{[^}]*\\})? [1-9]", metrics);
        Assert.Matches("(?m)^gatehouse_genesys_calls_total\\{[^}]*\\} [1-9]", metrics);
    }

    [Theory]
    [InlineData("4f0c.Proxy_1-a", true)]
    [InlineData("two words", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public async Task A_request_is_called_what_the_proxy_calls_it_where_that_is_a_plain_name(string name, bool plain)
    {
        using var http = new HttpClient { BaseAddress = _gateway.Url };
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-Request-Id", name);
        var sent = (await UploadForm.Sample("gatehouse.png", "named").SendAsync(http)).Expect(HttpStatusCode.OK);
        await Eventually.HoldsAsync("the line is written", () => Task.FromResult(Lines(sent.Id).Count > 0 ? null : _gateway.Process.Transcript));
        Assert.Equal(plain, Assert.Single(Lines(sent.Id)).Contains($"request {name} ", StringComparison.Ordinal));
    }

    private List<string> Lines(string id) => [.. _gateway.Process.Output.Where(l => l.Contains(id, StringComparison.Ordinal) && l.Contains("image/png", StringComparison.Ordinal))];
}
