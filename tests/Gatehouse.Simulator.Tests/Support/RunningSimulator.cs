using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace Gatehouse.Simulator.Tests;

/// <summary>A simulator on a free port, on a clock that the test moves, with a client that speaks HTTP to it.</summary>
internal sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningSimulator(WebApplication app, ManualTime time)
    {
        (_app, Time) = (app, time);
        Http = new HttpClient { BaseAddress = SimulatorHost.BoundAddress(app) };
    }

    public ManualTime Time { get; }

    public HttpClient Http { get; }

    public static async Task<RunningSimulator> StartAsync(SimulatorOptions? options = null)
    {
        var time = new ManualTime();
        var app = SimulatorHost.Build((options ?? new SimulatorOptions { Seed = 7 }) with { Url = "http://127.0.0.1:0" }, time);
        Assert.Null(await SimulatorHost.TryStartAsync(app));
        return new RunningSimulator(app, time);
    }

    public static HttpRequestMessage TokenRequest(string client = "client", string secret = "secret", string grant = "client_credentials")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new FormUrlEncodedContent([new("grant_type", grant)]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.Latin1.GetBytes($"{client}:{secret}")));
        return request;
    }

    public async Task SignInAsync(string client = "client") => Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(client));

    public async Task<string> TokenAsync(string client = "client")
    {
        using var request = TokenRequest(client);
        using var reply = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (await JsonOf(reply)).GetProperty("access_token").GetString()!;
    }

    public Task<HttpResponseMessage> ContactAsync(string id = "c-1") => Http.GetAsync("/api/v2/externalcontacts/contacts/" + id);

    public async Task<HttpResponseMessage> AttachAsync(byte[] bytes, string contact = "c-1", string? messageId = null, string name = "a.bin", string mime = "application/octet-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v2/externalcontacts/{contact}/attachments");
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(mime);
        using var form = new MultipartFormDataContent { { file, "file", name } };
        request.Content = form;
        if (messageId is not null)
            request.Headers.Add("Idempotency-Key", messageId);
        return await Http.SendAsync(request);
    }

    public async Task<HttpStatusCode> FaultsAsync(string json)
    {
        using var reply = await PostFaultsAsync(json);
        return reply.StatusCode;
    }

    public Task<HttpResponseMessage> PostFaultsAsync(string json) => Http.PostAsync("/simulator/faults", new StringContent(json));

    public async Task<JsonElement> GetAsync(string path)
    {
        using var reply = await Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await JsonOf(reply);
    }

    public Task<JsonElement> StatsAsync() => GetAsync("/simulator/stats");

    public async Task<JsonElement[]> ReceivedAsync() => [.. (await GetAsync("/simulator/received")).EnumerateArray()];

    public static string HeaderOf(HttpResponseMessage reply, string name) => string.Join(", ", reply.Headers.GetValues(name));

    public static async Task<JsonElement> JsonOf(HttpResponseMessage reply) =>
        JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync()).RootElement;

    /// <summary>The reply's ErrorBody, with what every one of them must have.</summary>
    public static async Task<JsonElement> ErrorOf(HttpResponseMessage reply)
    {
        var error = await JsonOf(reply);
        Assert.Equal((int)reply.StatusCode, error.GetProperty("status").GetInt32());
        Assert.Equal(HeaderOf(reply, "ININ-Correlation-Id"), error.GetProperty("contextId").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(JsonValueKind.Array, error.GetProperty("details").ValueKind);
        Assert.Equal(JsonValueKind.Array, error.GetProperty("errors").ValueKind);
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
