using System.Text.Json;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Endpoints;

public sealed class NothingThereTests : GatewayAtSimulator
{
    [Theory]
    [InlineData("GET", "/nothing", 404, null)]
    [InlineData("GET", "/upload", 405, "POST")]
    [InlineData("DELETE", "/v1/policy", 405, "GET, HEAD")]
    [InlineData("OPTIONS", "/v1/uploads", 405, "POST")]
    public async Task An_address_or_a_method_that_is_none_is_a_problem(string method, string path, int status, string? allow)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var reply = await Gateway.Http.SendAsync(request);
        Assert.Equal((status, "application/problem+json"), ((int)reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        Assert.Equal(status, JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync()).GetProperty("status").GetInt32());
        Assert.Equal(allow, reply.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", reply.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/policy")]
    [InlineData("/v1/policy/messenger")]
    [InlineData("/web-messaging-config.js")]
    [InlineData("/v1/contacts/ada/uploads")]
    [InlineData("/v1/uploads/00000000000000000000000000000000")]
    [InlineData("/problems/busy")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    [InlineData("/metrics")]
    public async Task HEAD_tells_what_GET_would_without_its_body(string path)
    {
        using var get = await Gateway.Http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await Gateway.Http.SendAsync(request);
        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.NotNull(head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }
}
