using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Gatehouse.Simulator.Tests.AgentMedia;

namespace Gatehouse.Simulator.Tests.Uploads;

public sealed class PresignedPutTests
{
    private static readonly byte[] Bytes = [1, 2, 3, 4, 5];

    [Fact]
    public async Task A_file_is_taken_with_exactly_the_headers_that_were_given()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var put = await AgentDesk.PutAsync(await BegunAsync(simulator), Bytes);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    [Theory]
    [InlineData("none given", "403 SignatureDoesNotMatch")]
    [InlineData("another type", "403 SignatureDoesNotMatch")]
    [InlineData("a type with a parameter", "403 SignatureDoesNotMatch")]
    [InlineData("another tag", "403 SignatureDoesNotMatch")]
    [InlineData("one more", "403 SignatureDoesNotMatch")]
    [InlineData("no signature", "403 SignatureDoesNotMatch")]
    [InlineData("another signature", "403 SignatureDoesNotMatch")]
    [InlineData("another address", "403 SignatureDoesNotMatch")]
    [InlineData("shorter", "403 SignatureDoesNotMatch")]
    [InlineData("no length", "411 MissingContentLength")]
    public async Task Anything_else_about_an_upload_is_refused(string what, string answer)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var begun = await BegunAsync(simulator);
        using var put = await AgentDesk.PutAsync(begun, Bytes, request => Change(request, what));
        Assert.Equal("application/xml", put.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"<Code>{answer[4..]}</Code>", await put.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(answer[..3], $"{(int)put.StatusCode}");
        Assert.Equal("uploading", await simulator.StatusAsync(await simulator.LiveLegAsync(), begun.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_refusal_that_repeats_what_was_sent_is_still_XML()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var put = await AgentDesk.PutAsync(await BegunAsync(simulator), Bytes, request => request.Headers.Add("x-amz-a&b", "c"));
        Assert.Equal("The header x-amz-a&b is not as it was signed.", XDocument.Parse(await put.Content.ReadAsStringAsync()).Root!.Element("Message")!.Value);
    }

    [Fact]
    public async Task An_address_is_good_for_ten_minutes()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var begun = await BegunAsync(simulator);
        simulator.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        using var last = await AgentDesk.PutAsync(begun, Bytes);
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        simulator.Time.Advance(TimeSpan.FromTicks(1));
        using var late = await AgentDesk.PutAsync(begun, Bytes);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        Assert.Contains("<Code>AccessDenied</Code>", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_needs_no_token_counts_in_no_budget_and_meets_faults()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var begun = await BegunAsync(simulator);
        await simulator.FaultsAsync("""{"requests_per_minute": 1}""");
        for (var i = 0; i < 3; i++)
        {
            using var put = await AgentDesk.PutAsync(begun, Bytes);
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            Assert.False(put.Headers.Contains("inin-ratelimit-count"));
        }

        await simulator.FaultsAsync("""{"status": 503}""");
        using var struck = await AgentDesk.PutAsync(begun, Bytes);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, struck.StatusCode);
    }

    private static async Task<JsonElement> BegunAsync(RunningSimulator simulator)
    {
        await simulator.SignInAsync();
        using var begun = await simulator.BeginAsync(await simulator.LiveLegAsync(), "a.png", Bytes.Length);
        return await RunningSimulator.JsonOf(begun);
    }

    private static void Change(HttpRequestMessage request, string what)
    {
        switch (what)
        {
            case "none given":
                request.Headers.Clear();
                request.Content!.Headers.Clear();
                break;
            case "another type":
                request.Content!.Headers.ContentType = new("image/jpeg");
                break;
            case "a type with a parameter":
                request.Content!.Headers.ContentType = new("image/png", "utf-8");
                break;
            case "another tag":
                request.Headers.Remove("x-amz-tagging");
                request.Headers.Add("x-amz-tagging", "mine");
                break;
            case "one more":
                request.Headers.Add("x-amz-acl", "public-read");
                break;
            case "no signature":
                request.RequestUri = new Uri(request.RequestUri!.GetLeftPart(UriPartial.Path));
                break;
            case "another signature":
                request.RequestUri = new Uri(request.RequestUri! + "A");
                break;
            case "another address":
                request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri.Replace("/uploads/", "/uploads/0", StringComparison.Ordinal));
                break;
            case "shorter":
                var type = request.Content!.Headers.ContentType;
                request.Content = new ByteArrayContent(Bytes, 0, 4);
                request.Content.Headers.ContentType = type;
                break;
            default:
                request.Headers.TransferEncodingChunked = true;
                break;
        }
    }
}
