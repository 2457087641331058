using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Gateway.Tests.Links;

public sealed class FetchTests : GatewayWithLinks
{
    [Fact]
    public async Task Whoever_holds_a_link_gets_the_bytes_without_a_key_of_his_own_wherever_they_lie()
    {
        foreach (var size in Sizes)
        {
            var (_, path) = await LinkedAsync(Text(size));
            await AssertGivesAsync(path, Text(size));
        }
    }

    [Fact]
    public async Task A_browser_may_do_nothing_with_the_file_but_save_it_under_its_name()
    {
        var (_, path) = await LinkedAsync("hello, said Åsa", filename: "Räkning 2; a=b, 100 %.txt");
        using var reply = await FetchAsync(path);
        Assert.Equal("text/plain; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        var disposition = reply.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.Equal(Route.Made.Last().Upload.Filename, disposition.FileNameStar);
        Assert.All(disposition.ToString(), c => Assert.True(char.IsAscii(c) && !char.IsControl(c)));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("sandbox; default-src 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("no-store, private", Header("Cache-Control"));

        string Header(string name) => string.Join(", ", reply.Headers.GetValues(name));
    }

    [Fact]
    public async Task HEAD_is_answered_as_GET_without_the_bytes()
    {
        var text = Text(700_000);
        var (_, path) = await LinkedAsync(text);
        using var reply = await FetchAsync(path, request => request.Method = HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(700_000, reply.Content.Headers.ContentLength);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\"", reply.Headers.ETag!.Tag);
        Assert.Equal("bytes", string.Join(',', reply.Headers.AcceptRanges));
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task HEAD_reads_nothing_of_the_file()
    {
        var (answer, path) = await LinkedAsync(Text(700_000));
        await using (var blob = new FileStream(System.IO.Path.Combine(Gateway.Get<GatehouseOptions>().Data.Directory, "blobs", answer.Id), FileMode.Open)) blob.WriteByte((byte)'?');
        using (var head = await FetchAsync(path, request => request.Method = HttpMethod.Head)) Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        // Nor does it vouch for the file.
        using var get = await FetchAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, get.StatusCode);
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=131000-131999", 131_000, 1000)]
    [InlineData("bytes=699000-", 699_000, 1000)]
    [InlineData("bytes=-10", 699_990, 10)]
    [InlineData("bytes=699990-999999", 699_990, 10)]
    public async Task A_range_is_answered_with_206_and_no_more(string range, int from, int length)
    {
        var text = Text(700_000);
        var (_, path) = await LinkedAsync(text);
        using var reply = await FetchAsync(path, request => request.Headers.TryAddWithoutValidation("Range", range));
        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal($"bytes {from}-{from + length - 1}/700000", reply.Content.Headers.ContentRange!.ToString());
        Assert.Equal(text.Substring(from, length), await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_range_past_the_end_is_416_several_are_the_whole_and_one_of_another_file_is_the_whole()
    {
        var text = Text(1000);
        var (_, path) = await LinkedAsync(text);
        using (var past = await FetchAsync(path, request => request.Headers.TryAddWithoutValidation("Range", "bytes=1000-")))
        {
            Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, past.StatusCode);
            Assert.Equal("bytes */1000", past.Content.Headers.ContentRange!.ToString());
        }
        using (var several = await FetchAsync(path, request => request.Headers.TryAddWithoutValidation("Range", "bytes=0-1,5-6")))
        {
            Assert.Equal((HttpStatusCode.OK, text), (several.StatusCode, await several.Content.ReadAsStringAsync()));
        }
        using var head = await FetchAsync(path);
        foreach (var (tag, status) in ((EntityTagHeaderValue, HttpStatusCode)[])[(new("\"other\""), HttpStatusCode.OK), (head.Headers.ETag!, HttpStatusCode.PartialContent)])
        {
            using var reply = await FetchAsync(path, request =>
            {
                request.Headers.Range = new RangeHeaderValue(1, 2);
                request.Headers.IfRange = new RangeConditionHeaderValue(tag);
            });
            Assert.Equal(status, reply.StatusCode);
        }
    }
}
