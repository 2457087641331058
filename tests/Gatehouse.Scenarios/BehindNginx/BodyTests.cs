using System.Net;
using System.Text;
using Gatehouse.Scenarios.Clients;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>What becomes of an upload's body on its way through nginx.</summary>
public sealed class BodyTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const int Limit = 5_242_880;

    [ClientFact("nginx", "-v")]
    public async Task A_file_at_the_limit_arrives()
    {
        var started = await nodes.StartedAsync();
        await using var nginx = await NginxProcess.StartAsync(started.Urls);
        var file = Text(Limit);
        var answer = (await new UploadForm(file, "note.txt", "at-the-limit") { Authorization = nodes.Authorization }.SendAsync(nginx.Http)).Expect(HttpStatusCode.OK);
        Assert.Equal(Limit, answer.Upload.GetProperty("size").GetInt64());
        Assert.Equal(Pngs.Sha256(file), Assert.Single(await started.Simulator.ReceivedAsync("at-the-limit")).Sha256);
    }

    [ClientFact("nginx", "-v")]
    public async Task A_file_somewhat_above_it_is_refused_by_Gatehouse()
    {
        await using var nginx = await NginxProcess.StartAsync((await nodes.StartedAsync()).Urls);
        foreach (var bytes in (int[])[Limit + 1, Limit + 1_000_000])
        {
            var answer = TooLarge(await new UploadForm(Text(bytes), "note.txt", "above") { Authorization = nodes.Authorization }.SendAsync(nginx.Http));
            var line = await nginx.LogLineAsync(answer.Header("X-Request-Id")!);
            Assert.Equal("413", line.GetProperty("node_status").GetString());
        }
    }

    [ClientFact("nginx", "-v")]
    public async Task A_request_that_can_hold_no_allowed_file_is_refused_by_nginx_in_the_same_form()
    {
        await using var nginx = await NginxProcess.StartAsync((await nodes.StartedAsync()).Urls);
        var answer = TooLarge(await new UploadForm(Text(8 * 1024 * 1024), "note.txt", "far-above") { Authorization = nodes.Authorization }.SendAsync(nginx.Http));
        var line = await nginx.LogLineAsync(answer.Header("X-Request-Id")!);
        Assert.Equal("", line.GetProperty("node").GetString());
        Assert.Equal(answer.Header("X-Request-Id"), answer.Json.GetProperty("correlation_id").GetString());
    }

    [ClientFact("nginx", "-v")]
    public async Task One_that_does_not_say_its_length_hears_it_too()
    {
        await using var nginx = await NginxProcess.StartAsync((await nodes.StartedAsync()).Urls);
        using var http = new HttpClient(new Chunked()) { BaseAddress = nginx.Url };
        TooLarge(await new UploadForm(Text(8 * 1024 * 1024), "note.txt", "chunked") { Authorization = nodes.Authorization }.SendAsync(http));
    }

    [ClientFact("nginx", "-v")]
    public async Task A_node_has_the_beginning_before_the_client_has_sent_the_end()
    {
        var started = await nodes.StartedAsync();
        await using var nginx = await NginxProcess.StartAsync(started.First.Url);
        var file = Pngs.Noise(7, 3_000_000);
        using var upload = new HeldUpload(file, first: 1_500_000);
        var sending = upload.SendAsync(nginx.Http, "held", nodes.Authorization);

        // A file has its place in the spool from its 256th KB on. Only what is being received lies in the folder itself.
        var spool = Path.Combine(started.First.DataFolder, "spool");
        await Eventually.TrueAsync(() => Directory.EnumerateFiles(spool).Any(f => !Path.GetFileName(f).StartsWith("probe-", StringComparison.Ordinal)));
        Assert.False(sending.IsCompleted);

        upload.SendTheRest();
        (await sending).Expect(HttpStatusCode.OK);
        Assert.Equal(Pngs.Sha256(file), Assert.Single(await started.Simulator.ReceivedAsync("held")).Sha256);
    }

    [ClientFact("nginx", "-v")]
    public async Task A_refusal_by_a_file_s_beginning_reaches_a_client_that_has_not_sent_its_end()
    {
        await using var nginx = await NginxProcess.StartAsync((await nodes.StartedAsync()).Urls);
        var program = new byte[200_000];
        "MZ"u8.CopyTo(program);
        using var upload = new UnfinishedUpload(nginx.Url);
        await upload.SendAsync("program", nodes.Authorization, program);
        const string Code = "\"code\":\"type-not-allowed\"";
        var answer = await upload.ReadUntilAsync(Code).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 415 ", answer, StringComparison.Ordinal);
        Assert.Contains(Code, answer, StringComparison.Ordinal);
    }

    private static byte[] Text(int bytes) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("A line of a letter to the service desk.\n", bytes / 40 + 1))[..bytes]);

    private static Answer TooLarge(Answer answer)
    {
        answer.Refused(HttpStatusCode.RequestEntityTooLarge, "file-too-large");
        Assert.Equal(Limit, answer.Json.GetProperty("limit_bytes").GetInt64());
        Assert.Equal("gatehouse", answer.Json.GetProperty("limit_by").GetString());
        Assert.Equal("File size exceeds the limit", answer.Json.GetProperty("error").GetString());
        return answer;
    }

    private sealed class Chunked() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TransferEncodingChunked = true;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
