using System.Net;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Storage.S3;

namespace Gatehouse.Gateway.Tests.Links;

/// <summary>Links of the object store's own: nobody asks the gateway for the bytes.</summary>
public sealed class S3LinkTests : GatewayWithLinks
{
    private readonly Lazy<S3Options> _options = new(() => S3Server.Shared.Options());

    private protected override GatehouseOptions Adjust(GatehouseOptions options)
    {
        options = base.Adjust(options);
        return options with { Blobs = new BlobsOptions { Store = BlobsOptions.S3, Bucket = _options.Value }, Links = options.Links with { LifetimeHours = Hours } };
    }

    /// <summary>7 days, the most that S3 grants.</summary>
    private int Hours { get; set; } = 168;

    [S3Fact]
    public async Task A_link_is_the_stores_and_works_until_the_bytes_go_small_files_too()
    {
        using var http = new HttpClient();
        foreach (var size in Sizes)
        {
            var answer = await Gateway.UploadAsync("ada", Text(size), filename: "Räkning.txt");
            Assert.Equal("delivered", answer.State);
            var link = Route.Last;
            Assert.Equal(_options.Value.Endpoint!.Port, link.Address.Port);
            using var reply = await http.GetAsync(link.Address);
            Assert.Equal(Text(size), await reply.Content.ReadAsStringAsync());
            Assert.Equal("text/plain; charset=us-ascii", reply.Content.Headers.ContentType!.ToString());
            Assert.Contains("attachment", reply.Content.Headers.GetValues("Content-Disposition").Single(), StringComparison.Ordinal);
        }
        Clock.Now += TimeSpan.FromHours(167);
        await SweepAsync();
        using (var still = await http.GetAsync(Route.Last.Address)) Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(Sizes.Length, (await SweepAsync()).Files);
        foreach (var (_, link) in Route.Made)
        {
            using var gone = await http.GetAsync(link.Address);
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }
        Assert.Equal(0, Gateway.Get<IBlobStore>().StoredBytes);
    }

    [S3Fact]
    public async Task One_that_must_live_longer_than_the_store_grants_is_Gatehouses_and_leads_there_for_a_minute()
    {
        Hours = 200;
        await RestartAsync();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Gateway.Http.BaseAddress };
        foreach (var size in Sizes)
        {
            var (_, path) = await LinkedAsync(Text(size));
            await AssertGivesAsync(path, Text(size));
            // The store's library counts a link's life from the machine's own time.
            Clock.Now = DateTimeOffset.UtcNow;
            using var reply = await http.GetAsync(path);
            if (size <= 256 * 1024)
            {
                Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
                continue;
            }
            Assert.Equal(HttpStatusCode.TemporaryRedirect, reply.StatusCode);
            Assert.Equal(_options.Value.Endpoint!.Port, reply.Headers.Location!.Port);
            Assert.InRange(int.Parse(System.Web.HttpUtility.ParseQueryString(reply.Headers.Location.Query)["X-Amz-Expires"]!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
            using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            Assert.Equal((HttpStatusCode.OK, size), (head.StatusCode, (int)head.Content.Headers.ContentLength!));
            Assert.StartsWith("403\n", await ToldAsync(path + "x"), StringComparison.Ordinal);
            Clock.Now += TimeSpan.FromHours(201);
            await SweepAsync();
            Assert.StartsWith("403\n", await ToldAsync(path), StringComparison.Ordinal);
        }
    }
}
