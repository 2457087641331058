using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>The whole gateway on a free port of this process, in a folder of its own, with a client that speaks HTTP to it.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private RunningGateway(WebApplication app)
    {
        App = app;
        // Who asks before it sends waits for the answer, however busy the machine: after a second a client would send all the same.
        Http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    public static async Task<RunningGateway> StartAsync(GatehouseOptions options, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        var app = GatehouseHost.Build(builder, options);
        await app.StartAsync();
        return new RunningGateway(app);
    }

    public static GatehouseOptions Options(string folder, Uri genesys) => new()
    {
        Urls = ["http://127.0.0.1:0"],
        Data = new DataOptions { Directory = folder },
        Delivery = new DeliveryOptions { Route = "contact-attachments", WaitSeconds = 20 },
        Quotas = new QuotasOptions { MaxFiles = 1000, MaxAttempts = 1000, MaxConcurrent = 8 },
        Genesys = new GenesysSettings { ClientId = "id", ClientSecret = "secret", LoginBaseAddress = genesys.AbsoluteUri, ApiBaseAddress = genesys.AbsoluteUri, RequestsPerMinute = 0 },
    };

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public async Task<UploadAnswer> UploadAsync(
        string contact, string text, string? prefer = null, string? key = null, string? route = null, string? conversation = null, string? duplicate = null, string? apiKey = null,
        string filename = "note.txt", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload");
        request.Headers.Add("X-Contact-Id", contact);
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (apiKey is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        var form = new MultipartFormDataContent { { file, "file", filename } };
        foreach (var (name, value) in new[] { ("route", route), ("conversation_id", conversation), ("duplicate", duplicate) })
        {
            if (value is not null) form.Add(new StringContent(value), name);
        }
        request.Content = form;
        using var reply = await Http.SendAsync(request, cancellationToken);
        return await UploadAnswer.ReadAsync(reply);
    }

    public async Task<UploadAnswer> GetAsync(string path)
    {
        using var reply = await Http.GetAsync(path);
        return await UploadAnswer.ReadAsync(reply);
    }

    /// <summary>Asks for an upload until it has a status.</summary>
    public Task<JsonElement> UntilAsync(string location, string status) => Eventually.GetAsync($"{location} is {status}", async () =>
    {
        var upload = (await GetAsync(location)).Body.GetProperty("upload");
        return (string.Equals(upload.GetProperty("status").GetString(), status, StringComparison.Ordinal), upload);
    });

    /// <summary>Asks for a contact's uploads until one is in the line, or was.</summary>
    public Task UntilAdmittedAsync(string contact) => Eventually.HoldsAsync($"an upload of {contact} is admitted", async () =>
        (await GetAsync($"/v1/contacts/{contact}/uploads")).Body.GetProperty("items").GetArrayLength() > 0 ? null : "none");

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
    }
}

/// <summary>An answer as its caller sees it.</summary>
internal sealed record UploadAnswer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string Id => Body.GetProperty("upload").GetProperty("id").GetString()!;

    public string State => Body.GetProperty("upload").GetProperty("status").GetString()!;

    public bool IsDuplicate => Body.GetProperty("upload").GetProperty("duplicate").GetBoolean();

    public string Location => Headers.Location!.OriginalString;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    public static async Task<UploadAnswer> ReadAsync(HttpResponseMessage reply)
    {
        var text = await reply.Content.ReadAsStringAsync();
        return new((int)reply.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), reply.Headers);
    }
}
