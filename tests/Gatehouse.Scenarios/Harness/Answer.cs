using System.Net;
using System.Text.Json;

namespace Gatehouse.Scenarios.Harness;

/// <summary>An answer of the gateway, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Upload => Json.GetProperty("upload");

    public string Id => Upload.GetProperty("id").GetString()!;

    public string Code => Json.GetProperty("code").GetString()!;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Answer> FromAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"expected {(int)status}, got {(int)Status}: {Body}");
        return this;
    }

    public Answer Refused(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", Header("Content-Type")?.Split(';')[0]);
        Assert.Equal(code, Code);
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        Assert.Equal("/problems/" + code, Json.GetProperty("type").GetString());
        Assert.NotEqual("", Json.GetProperty("error").GetString());
        Assert.NotEqual("", Json.GetProperty("title").GetString());
        return this;
    }
}
