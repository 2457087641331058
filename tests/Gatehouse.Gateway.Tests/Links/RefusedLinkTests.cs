using Gatehouse.Actors;
using Gatehouse.Gateway.Links;

namespace Gatehouse.Gateway.Tests.Links;

public sealed class RefusedLinkTests : GatewayWithLinks
{
    [Fact]
    public async Task A_link_that_is_unknown_tampered_with_or_expired_or_whose_file_is_gone_gets_one_answer()
    {
        var (answer, path) = await LinkedAsync("hello");
        var unknown = UploadId.New();
        var signed = Gateway.Get<LinkSigner>().Sign(unknown, Clock.Now.AddHours(1));
        List<string> told =
        [
            await ToldAsync(path.Replace(answer.Id, unknown.ToString(), StringComparison.Ordinal)),
            await ToldAsync($"/files/{unknown}{signed}"),
            await ToldAsync(path[..^1] + (path[^1] == 'A' ? 'E' : 'A')),
            await ToldAsync(path.Replace("expires=1", "expires=2", StringComparison.Ordinal)),
            await ToldAsync(path.Replace("key=k1", "key=k2", StringComparison.Ordinal)),
            await ToldAsync($"/files/{answer.Id}"),
            await ToldAsync($"/files/{answer.Id.ToUpperInvariant()}{path[path.IndexOf('?', StringComparison.Ordinal)..]}"),
            await ToldAsync($"/files/no-id{path[path.IndexOf('?', StringComparison.Ordinal)..]}"),
        ];
        await AssertGivesAsync(path, "hello");
        // The one's clock says that it has expired, the other's file is gone while it has not.
        var (_, gone) = await LinkedAsync("gone before its time");
        await Rows.DropLinkedFilesAsync(DateTimeOffset.MaxValue, 10, CancellationToken.None);
        told.Add(await ToldAsync(gone));
        var (_, expired) = await LinkedAsync("still there");
        Clock.Now += TimeSpan.FromHours(169);
        told.Add(await ToldAsync(expired));
        Assert.StartsWith("403\n", told[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":\"forbidden\"", told[0], StringComparison.Ordinal);
        Assert.All(told, one => Assert.Equal(told[0], one));
    }

    [Fact]
    public async Task A_refusal_says_no_more_to_HEAD()
    {
        var told = await ToldAsync($"/files/{UploadId.New()}", request => request.Method = HttpMethod.Head);
        Assert.StartsWith("403\n", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_GET_and_HEAD_is_answered()
    {
        var (_, path) = await LinkedAsync("hello");
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete]) Assert.StartsWith("405\n", await ToldAsync(path, request => request.Method = method), StringComparison.Ordinal);
    }
}
