using System.Net;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Actors.Engine.Sweeping;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Links;

/// <summary>A gateway whose route hands out links, on a clock that the test moves, and somebody outside who fetches them.</summary>
public abstract class GatewayWithLinks : GatewayAtSimulator
{
    /// <summary>Sizes of every place where a file may lie: in the database, in a segment, in the blob store.</summary>
    internal static readonly int[] Sizes = [1000, 100_000, 700_000];

    internal ManualTime Clock { get; } = new() { Now = DateTimeOffset.UtcNow };

    internal LinkingRoute Route => Gateway.App.Services.GetServices<IDeliveryRoute>().OfType<LinkingRoute>().Single();

    internal IUploadRows Rows => Gateway.Get<IUploadRows>();

    private protected sealed override TimeProvider Time => Clock;

    private protected sealed override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddSingleton<IDeliveryRoute, LinkingRoute>();
        Also(services);
    }

    private protected virtual void Also(IServiceCollection services)
    {
    }

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        Delivery = options.Delivery with { Route = LinkingRoute.RouteName },
        Links = new LinksOptions { PublicBaseUrl = new Uri("http://outside.example/under"), Keys = [new LinkKeyOptions("k1", new string('s', 32))] },
    };

    /// <summary>Uploads and returns the address, on this gateway, of the link that the route made for it.</summary>
    internal async Task<(UploadAnswer Answer, string Path)> LinkedAsync(string text, string filename = "note.txt")
    {
        var answer = await Gateway.UploadAsync("ada", text, filename: filename);
        return (answer, Path(Route.Last));
    }

    /// <summary>What a proxy in front makes of the public address.</summary>
    internal static string Path(FileLink link)
    {
        Assert.StartsWith("http://outside.example/under/files/", link.Address.AbsoluteUri, StringComparison.Ordinal);
        return link.Address.AbsoluteUri["http://outside.example/under".Length..];
    }

    internal async Task<HttpResponseMessage> FetchAsync(string path, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        with?.Invoke(request);
        return await Gateway.Http.SendAsync(request);
    }

    internal async Task AssertGivesAsync(string path, string text)
    {
        using var reply = await FetchAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(text, Encoding.UTF8.GetString(await reply.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>All that can be told of an answer but for its date.</summary>
    internal async Task<string> ToldAsync(string path, Action<HttpRequestMessage>? with = null)
    {
        using var reply = await FetchAsync(path, with);
        var headers = reply.Headers.Concat(reply.Content.Headers).Where(h => h.Key is not "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
        return $"{(int)reply.StatusCode}\n{string.Join('\n', headers)}\n{await reply.Content.ReadAsStringAsync()}";
    }

    internal Task<Swept> SweepAsync() => Gateway.Get<Sweeper>().SweepAsync(CancellationToken.None);

    internal static string Text(int bytes, string word = "link")
    {
        var text = new StringBuilder();
        for (var line = 0; text.Length < bytes; line++) text.Append(word).Append(' ').Append(line).Append('\n');
        return text.ToString(0, bytes);
    }
}
