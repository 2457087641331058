using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Simulator.Tests.OpenMessaging;

public sealed class FetchTests
{
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(300_000);
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    [Fact]
    public async Task The_file_is_fetched_from_its_address_and_recorded()
    {
        await using var files = await FileServer.ServingAsync(Bytes, "application/octet-stream; x=1");
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.MessageAsync(OpenMessages.File(files.Url + "/a.pdf", sha256: Hash.ToUpperInvariant()));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var attachment = (await RunningSimulator.JsonOf(reply)).GetProperty("content")[0].GetProperty("attachment");
        Assert.Equal(files.Url + "/a.pdf", attachment.GetProperty("url").GetString());

        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("fetched", receipt.GetProperty("attachment").GetString());
        Assert.Equal("a.pdf", receipt.GetProperty("filename").GetString());
        Assert.Equal("application/pdf", receipt.GetProperty("mime").GetString());
        Assert.Equal("application/octet-stream", receipt.GetProperty("fetched_mime").GetString());
        Assert.Equal(Bytes.Length, receipt.GetProperty("size").GetInt64());
        Assert.Equal(Hash, receipt.GetProperty("sha256").GetString());
        Assert.Equal("File", receipt.GetProperty("media_type").GetString());
        Assert.False(receipt.TryGetProperty("problem", out _));
    }

    [Fact]
    public async Task A_file_of_another_hash_than_the_messages_is_recorded_as_failed_with_what_came()
    {
        await using var files = await FileServer.ServingAsync(Bytes, "application/pdf");
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.MessageAsync(OpenMessages.File(files.Url, sha256: new string('0', 64)));
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("failed", receipt.GetProperty("attachment").GetString());
        Assert.Contains("SHA-256", receipt.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(Hash, receipt.GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("/missing", "404")]
    [InlineData("/cut", "failed")]
    [InlineData("/circle", "redirects")]
    [InlineData("/large", "26214400")]
    [InlineData("/longer", "26214400")]
    public async Task A_download_that_fails_is_recorded_with_its_reason(string path, string reason)
    {
        await using var files = await FileServer.StartAsync(BadAsync);
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.MessageAsync(OpenMessages.File(files.Url + path));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("failed", receipt.GetProperty("attachment").GetString());
        Assert.Contains(reason, receipt.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, receipt.GetProperty("size").ValueKind);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, receipt.GetProperty("sha256").ValueKind);
    }

    [Fact]
    public async Task Redirects_are_followed_five_times_at_most()
    {
        await using var files = await FileServer.StartAsync(async http =>
        {
            if (http.Request.Path.Value!.Trim('/') is { Length: > 0 } left)
                http.Response.Redirect("/" + left[1..]);
            else
                await http.Response.Body.WriteAsync(Bytes);
        });
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var five = await simulator.MessageAsync(OpenMessages.File(files.Url + "/12345"));
        using var six = await simulator.MessageAsync(OpenMessages.File(files.Url + "/123456"));
        Assert.Equal(["fetched", "failed"], (await simulator.ReceivedAsync()).Select(r => r.GetProperty("attachment").GetString()!));
    }

    [Fact]
    public async Task A_download_that_never_ends_is_given_up_after_a_minute()
    {
        var asked = new TaskCompletionSource();
        await using var files = await FileServer.StartAsync(async http =>
        {
            await http.Response.Body.WriteAsync(Bytes);
            await http.Response.Body.FlushAsync();
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.MessageAsync(OpenMessages.File(files.Url));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("fetching", Assert.Single(await ListedAtOnceAsync(simulator)).GetProperty("attachment").GetString());

        simulator.Time.Advance(TimeSpan.FromSeconds(60));
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("failed", receipt.GetProperty("attachment").GetString());
        Assert.Contains("60 s", receipt.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fetch_can_be_told_to_come_late()
    {
        await using var files = await FileServer.ServingAsync(Bytes, "application/pdf");
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"fetch_delay_ms": 5000}""");
        using var reply = await simulator.MessageAsync(OpenMessages.File(files.Url));
        Assert.Equal(TimeSpan.FromSeconds(5), await simulator.Time.Sleeping);
        Assert.Empty(files.Asked);
        simulator.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("fetched", Assert.Single(await simulator.ReceivedAsync()).GetProperty("attachment").GetString());
    }

    [Theory]
    [InlineData("{}", "File", "fetched")]
    [InlineData("{}", "Link", "not-fetched")]
    [InlineData("""{"fetch": "none"}""", "File", "not-fetched")]
    [InlineData("""{"fetch": "attachments"}""", "Link", "not-fetched")]
    [InlineData("""{"fetch": "all"}""", "Link", "fetched")]
    public async Task Files_are_fetched_and_links_are_not_unless_told_otherwise(string faults, string mediaType, string becomes)
    {
        await using var files = await FileServer.ServingAsync(Bytes, "application/pdf");
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync(faults);
        using var reply = await simulator.MessageAsync(OpenMessages.File(files.Url, mediaType: mediaType));
        Assert.Equal(becomes, Assert.Single(await simulator.ReceivedAsync()).GetProperty("attachment").GetString());
        Assert.Equal(becomes is "fetched" ? 1 : 0, files.Asked.Count);
    }

    [Fact]
    public async Task A_lost_reply_leaves_the_file_fetched_all_the_same()
    {
        await using var files = await FileServer.ServingAsync(Bytes, "application/pdf");
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"drop_after_reply_rate": 1}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.MessageAsync(OpenMessages.File(files.Url)));
        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("dropped", receipt.GetProperty("reply").GetString());
        Assert.Equal("fetched", receipt.GetProperty("attachment").GetString());
    }

    private static async Task<System.Text.Json.JsonElement[]> ListedAtOnceAsync(RunningSimulator simulator) =>
        [.. (await simulator.GetAsync("/simulator/received?wait=false")).EnumerateArray()];

    private static async Task BadAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/missing":
                http.Response.StatusCode = 404;
                break;
            case "/circle":
                http.Response.Redirect("/circle");
                break;
            case "/cut":
                http.Response.ContentLength = 1000;
                await http.Response.Body.WriteAsync(Bytes.AsMemory(0, 10));
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            case "/large":
                http.Response.ContentLength = (25 << 20) + 1;
                await http.Response.Body.WriteAsync(Bytes);
                http.Abort();
                break;
            default:
                for (var sent = 0; sent <= 25 << 20; sent += Bytes.Length)
                    await http.Response.Body.WriteAsync(Bytes);
                break;
        }
    }
}
