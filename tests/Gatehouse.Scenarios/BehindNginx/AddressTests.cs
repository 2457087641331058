using System.Net;
using Gatehouse.Scenarios.Clients;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>Which addresses nginx passes on, and under which name a request goes.</summary>
public sealed class AddressTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    [ClientFact("nginx", "-v")]
    public async Task What_is_for_operators_is_not_passed_on_however_it_is_spelt()
    {
        await using var nginx = await NginxProcess.StartAsync((await nodes.StartedAsync()).First.Url);
        foreach (var path in (string[])["/metrics", "/Metrics", "/metrics/", "//metrics", "/%6Detrics", "/v1/../metrics", "/health", "/health/live", "/HEALTH/live", "/health/ready/"])
        {
            var answer = await GetAsync(nginx, path);
            answer.Expect(HttpStatusCode.NotFound);
            Assert.Equal("", (await nginx.LogLineAsync(answer.Header("X-Request-Id")!)).GetProperty("node").GetString());
        }
    }

    [ClientFact("nginx", "-v")]
    public async Task What_watches_nginx_on_its_machine_hears_whether_any_node_is_ready()
    {
        var started = await nodes.StartedAsync();
        await using var nginx = await NginxProcess.StartAsync(FreePort.Address(), started.First.Url);
        (await GetAsync(nginx, "/health/ready")).Expect(HttpStatusCode.OK);
    }

    [ClientFact("nginx", "-v")]
    public async Task A_contact_with_a_slash_stays_one_segment()
    {
        await using var nginx = await NginxProcess.StartAsync((await nodes.StartedAsync()).First.Url);
        (await GetAsync(nginx, "/v1/contacts/external:a%2Fb/uploads")).Expect(HttpStatusCode.OK);
    }

    [ClientFact("nginx", "-v")]
    public async Task A_request_has_one_name_in_the_answer_and_in_both_logs()
    {
        var started = await nodes.StartedAsync();
        await using var nginx = await NginxProcess.StartAsync(started.First.Url);
        using var http = new HttpClient { BaseAddress = nginx.Url };
        http.DefaultRequestHeaders.Add("X-Request-Id", "my-own-name");
        var answer = (await (UploadForm.Sample("gatehouse.png", "one-name") with { Authorization = nodes.Authorization }).SendAsync(http)).Expect(HttpStatusCode.OK);
        var name = answer.Header("X-Request-Id")!;
        Assert.Matches("^[0-9a-f]{32}$", name);
        Assert.Equal("/upload", (await nginx.LogLineAsync(name)).GetProperty("path").GetString());
        await Eventually.TrueAsync(() => started.First.Process.Output.Any(l => l.Contains($"\"RequestId\":\"{name}\"", StringComparison.Ordinal) && l.Contains(answer.Id, StringComparison.Ordinal)));
    }

    private async Task<Answer> GetAsync(NginxProcess nginx, string path)
    {
        var asItIs = new Uri(nginx.Url.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, asItIs);
        request.Headers.TryAddWithoutValidation("Authorization", nodes.Authorization);
        using var response = await nginx.Http.SendAsync(request);
        return await Answer.FromAsync(response);
    }
}
