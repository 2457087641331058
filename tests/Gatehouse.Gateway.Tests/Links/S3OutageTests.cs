using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys.Routes;
using Gatehouse.Storage.S3;

namespace Gatehouse.Gateway.Tests.Links;

public sealed class S3OutageTests : GatewayWithLinks, IDisposable
{
    private readonly Lazy<S3Server> _server = new(S3Server.StartOwn);
    private S3Options? _options;

    private protected override GatehouseOptions Adjust(GatehouseOptions options) =>
        base.Adjust(options) with { Blobs = new BlobsOptions { Store = BlobsOptions.S3, Bucket = _options ??= _server.Value.Options() with { Retries = 0 } } };

    public void Dispose()
    {
        if (_server.IsValueCreated) _server.Value.Dispose();
    }

    [S3Fact]
    public async Task While_the_store_is_away_large_uploads_are_answered_503_and_what_was_taken_goes_when_it_is_back()
    {
        Route.Answer = _ => new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, RetryAfter: null, "Not now.");
        var taken = await Gateway.UploadAsync("ada", Text(700_000, "taken"), prefer: "wait=0");
        Assert.Equal(202, taken.Status);
        Assert.Null(await TroubleAsync());
        _server.Value.Stop();
        // Asked for at most once in ten seconds.
        Assert.Null(await TroubleAsync());
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains("Blobs:Store", await TroubleAsync() ?? "no trouble", StringComparison.Ordinal);
        var refused = await Gateway.UploadAsync("bob", Text(700_000, "refused"));
        Assert.Equal((503, "busy"), (refused.Status, refused.Code));
        Assert.NotNull(refused.Header("Retry-After"));
        // A small one is taken, but waits: the link to it leads into the store.
        var small = await Gateway.UploadAsync("cid", "small", prefer: "wait=0");
        Assert.Equal(202, small.Status);
        Route.Answer = _ => new RouteOutcome.Sent(null);
        var before = Route.Made.Count;
        for (var passed = 0; passed < 60; passed++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Contains((await Gateway.GetAsync(taken.Location)).State, (string[])["queued", "delivering"]);
        }
        Assert.Equal(before, Route.Made.Count);
        _server.Value.Start();
        foreach (var location in (string[])[taken.Location, small.Location])
        {
            await Eventually.HoldsAsync($"{location} is delivered", async () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                var state = (await Gateway.GetAsync(location)).State;
                return state is "delivered" ? null : state;
            });
        }
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await TroubleAsync());
    }

    /// <summary>What readiness says of the store; the node is ready all the same, as small files are taken.</summary>
    private async Task<string?> TroubleAsync()
    {
        var answer = await Gateway.GetAsync("/health/ready");
        Assert.Equal(200, answer.Status);
        return answer.Body.GetProperty("checks").GetProperty("object-store").TryGetProperty("detail", out var detail) ? detail.GetString() : null;
    }
}
