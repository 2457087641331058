using System.Net;
using Gatehouse.Gateway.Callers;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Tests.Callers;

public sealed class ApiKeysTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly NewApiKey Key = ApiKeys.New("shop", CallerScopes.Upload | CallerScopes.Read, Now.AddSeconds(1));

    [Fact]
    public void A_new_key_lets_its_holder_in_with_its_scopes()
    {
        var caller = Authenticate("Bearer " + Key.Token).Value;
        Assert.Equal(new Caller("shop", CallerScopes.Upload | CallerScopes.Read), caller);
        Assert.Null(caller!.Require(CallerScopes.Read));
        var missing = caller.Require(CallerScopes.Admin);
        Assert.Equal(403, missing?.Code.Status);
        Assert.Contains("insufficient_scope", missing?.Challenge, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_holds_no_secret()
    {
        Assert.DoesNotContain(Key.Token[^43..], Key.Options.Hash, StringComparison.Ordinal);
        Assert.Empty(ApiKeys.Check([Key.Options]));
    }

    [Fact]
    public void Malformed_unknown_wrong_and_expired_keys_look_alike()
    {
        var wrong = Key.Token[..^1] + (Key.Token[^1] == 'A' ? 'E' : 'A');
        var answers = new[]
        {
            Authenticate("Bearer nonsense"), Authenticate("Basic " + Key.Token), Authenticate("Bearer " + ApiKeys.New("x", CallerScopes.All, expires: null).Token), Authenticate("Bearer " + wrong),
            Authenticate("Bearer " + Key.Token, Now.AddSeconds(1)), Authenticate("Bearer " + Key.Token + "x"), Authenticate("Bearer"),
        };
        Assert.All(answers, answer => Assert.Equal(401, answer.Problem?.Code.Status));
        Assert.Single(answers.Select(answer => answer.Problem).Distinct());
        Assert.Contains("invalid_token", answers[0].Problem?.Challenge, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "127.0.0.1", null, true)]
    [InlineData(true, "::1", null, true)]
    [InlineData(false, "127.0.0.1", null, false)]
    [InlineData(true, "192.0.2.1", null, false)]
    [InlineData(true, "127.0.0.1", "X-Forwarded-For", false)]
    [InlineData(true, "127.0.0.1", "Forwarded", false)]
    public void Without_keys_only_this_machine_is_let_in_and_only_in_Development(bool development, string address, string? proxyHeader, bool letIn)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        if (proxyHeader is not null) context.Request.Headers[proxyHeader] = "192.0.2.1";
        Assert.Equal(letIn, new ApiKeys([], development, TimeProvider.System).Authenticate(context).Problem is null);
    }

    [Fact]
    public void With_keys_this_machine_needs_one_too()
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        var problem = new ApiKeys([Key.Options], development: true, TimeProvider.System).Authenticate(context).Problem;
        Assert.Equal("Bearer realm=\"gatehouse\"", problem?.Challenge);
    }

    [Fact]
    public void What_is_wrong_with_configured_keys_is_said_by_their_place()
    {
        var sentences = ApiKeys.Check([Key.Options, Key.Options, new ApiKeyOptions { Name = "", Hash = "secret", Scopes = "root" }]).ToList();
        Assert.Equal(4, sentences.Count);
        Assert.StartsWith("ApiKeys:1:Hash", sentences[0], StringComparison.Ordinal);
        Assert.All(sentences.Skip(1), sentence => Assert.StartsWith("ApiKeys:2:", sentence, StringComparison.Ordinal));
        Assert.DoesNotContain(sentences, sentence => sentence.Contains("secret", StringComparison.Ordinal));
    }

    private static Gateway.Problems.OrProblem<Caller> Authenticate(string authorization, DateTimeOffset? at = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Request.Headers.Authorization = authorization;
        return new ApiKeys([Key.Options], development: true, new ManualTime { Now = at ?? Now }).Authenticate(context);
    }
}
