using System.Net;
using Gatehouse.Scenarios.Clients;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>6 MB under a limit of 5 MB: each client sees the answer, not a broken connection, and nothing is kept.</summary>
public sealed class TooLargeTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway = new(simulator: null);
    private readonly string _file = Path.GetTempFileName();

    public async Task InitializeAsync()
    {
        await File.WriteAllBytesAsync(_file, Pngs.Noise(6, 6 * 1024 * 1024));
        await _gateway.StartAsync();
    }

    public async Task DisposeAsync()
    {
        Assert.Empty(await _gateway.EmbeddedSimulator!.ReceivedAsync());
        Assert.Empty(_gateway.FilesIn("spool"));
        Assert.Empty(_gateway.FilesIn("blobs"));
        await _gateway.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task DotNet_HttpClient_sees_413() =>
        AssertTooLarge(await new UploadForm(await File.ReadAllBytesAsync(_file), "large.png", "large").SendAsync(_gateway.Http));

    [ClientFact("curl")]
    public async Task Curl_sees_413() => AssertTooLarge(await Curl.UploadAsync(_gateway.Url, _file, "large"));

    [ClientFact("curl")]
    public async Task Curl_that_waits_for_no_100_sees_413() => AssertTooLarge(await Curl.UploadAsync(_gateway.Url, _file, "large", "-H", "Expect:"));

    [ClientFact("curl")]
    public async Task Curl_that_sends_in_chunks_sees_413() => AssertTooLarge(await Curl.UploadAsync(_gateway.Url, _file, "large", "-H", "Transfer-Encoding: chunked", "-H", "Expect:"));

    [ClientFact("node")]
    public async Task Node_fetch_sees_413() => AssertTooLarge(await NodeFetch.UploadAsync(_gateway.Url, _file, "large"));

    [ClientFact("python3", "-c", "import requests")]
    public async Task Python_requests_sees_413() => AssertTooLarge(await PythonRequests.UploadAsync(_gateway.Url, _file, "large"));

    private void AssertTooLarge(Answer answer)
    {
        answer.Refused(HttpStatusCode.RequestEntityTooLarge, "file-too-large");
        Assert.Equal(5_242_880, answer.Json.GetProperty("limit_bytes").GetInt64());
        Assert.Equal("gatehouse", answer.Json.GetProperty("limit_by").GetString());
        Assert.Equal("File size exceeds the limit", answer.Json.GetProperty("error").GetString());
        Assert.Empty(_gateway.FilesIn("spool"));
    }
}
