using System.Net.Http.Headers;
using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Endpoints;

/// <summary>Whoever looks needs the scope <c>read</c>, wherever uploads are shown.</summary>
public sealed class ReadScopeTests : GatewayAtSimulator
{
    private const string Nobody = "00000000000000000000000000000000";

    private readonly NewApiKey _reader = ApiKeys.New("desk", CallerScopes.Read, expires: null);
    private readonly NewApiKey _sender = ApiKeys.New("shop", CallerScopes.Upload | CallerScopes.Admin, expires: null);

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { ApiKeys = [_reader.Options, _sender.Options] };

    [Theory]
    [InlineData("/v1/uploads/" + Nobody, 404)]
    [InlineData("/v1/uploads/" + Nobody + "/events", 404)]
    [InlineData("/v1/uploads/nonsense/events", 404)]
    [InlineData("/v1/contacts/ada/uploads", 200)]
    public async Task What_is_there_is_told_to_readers_only(string path, int forReaders)
    {
        Assert.Equal((401, "unauthenticated", "Bearer realm=\"gatehouse\""), await AskAsync(null));
        Assert.Equal((401, "unauthenticated", "Bearer realm=\"gatehouse\", error=\"invalid_token\""), await AskAsync(_reader.Token[..^1] + "?"));
        Assert.Equal((403, "forbidden", "Bearer realm=\"gatehouse\", error=\"insufficient_scope\", scope=\"read\""), await AskAsync(_sender.Token));
        Assert.Equal((forReaders, forReaders == 404 ? "upload-not-found" : null, ""), await AskAsync(_reader.Token));

        async Task<(int Status, string? Code, string Challenge)> AskAsync(string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var reply = await Gateway.Http.SendAsync(request);
            var answer = await UploadAnswer.ReadAsync(reply);
            return (answer.Status, answer.Code, reply.Headers.WwwAuthenticate.ToString());
        }
    }
}
