using System.Net.Http.Headers;
using System.Text.Json;
using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A gateway whose links lead to it, so that the simulator can fetch what it is told of; by the routes that are Genesys' own.</summary>
public abstract class GatewayOnItsPort : GatewayAtSimulator
{
    private readonly string _url = $"http://127.0.0.1:{FreePort.Next()}";

    private protected abstract string Route { get; }

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        Urls = [_url],
        Delivery = options.Delivery with { Route = Route },
        OpenMessaging = new OpenMessagingSettings { IntegrationId = "i-1" },
        Links = new LinksOptions { PublicBaseUrl = new Uri(_url), Keys = [new LinkKeyOptions("k1", new string('s', 32))] },
    };

    internal async Task<UploadAnswer> SendAsync(byte[] bytes, string filename, string contact = "ada", string? conversation = null, string? prefer = null, string? guest = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload");
        request.Headers.Add("X-Contact-Id", contact);
        if (guest is not null) request.Headers.Add("X-Guest-Token", guest);
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var form = new MultipartFormDataContent { { file, "file", filename } };
        if (conversation is not null) form.Add(new StringContent(conversation), "conversation_id");
        request.Content = form;
        using var reply = await Gateway.Http.SendAsync(request);
        return await UploadAnswer.ReadAsync(reply);
    }

    /// <summary>The one call that did its work.</summary>
    internal async Task<JsonElement> OneReceivedAsync() => Assert.Single(await Genesys.ReceivedAsync());
}
