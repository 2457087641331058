using System.Net;
using System.Text.Json;
using Gatehouse.Gateway.Endpoints;
using Gatehouse.Gateway.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Tests.Endpoints;

/// <summary>What is for this machine only is not for those whom a proxy on this machine passes on.</summary>
public sealed class LocalOnlyTests : GatewayAtSimulator
{
    [Theory]
    [InlineData("/metrics", "X-Forwarded-For", 401)]
    [InlineData("/metrics", "Forwarded", 401)]
    [InlineData("/metrics", "Via", 401)]
    [InlineData("/metrics", "X-Anything", 200)]
    [InlineData("/health/live", "X-Forwarded-For", 404)]
    [InlineData("/health/live", "X-Anything", 200)]
    [InlineData("/health/ready", "X-Forwarded-For", 200)]
    public async Task It_is_told_to_the_machine_itself(string path, string header, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, "1.1 203.0.113.7");
        using var reply = await Gateway.Http.SendAsync(request);
        Assert.Equal(status, (int)reply.StatusCode);
        if (status == 200) return;
        Assert.Equal(status, JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync()).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5", 200)]
    [InlineData("203.0.113.6", "203.0.113.5", 404)]
    [InlineData("127.0.0.1", "127.0.0.1", 200)]
    public async Task A_server_on_one_address_is_asked_by_its_machine_from_that_one(string from, string at, int status)
    {
        var http = new DefaultHttpContext();
        (http.Connection.RemoteIpAddress, http.Connection.LocalIpAddress) = (IPAddress.Parse(from), IPAddress.Parse(at));
        await HealthEndpoints.LiveAsync(http);
        Assert.Equal(status, http.Response.StatusCode);
    }
}
