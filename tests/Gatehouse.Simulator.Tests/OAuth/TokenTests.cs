using System.Net;

namespace Gatehouse.Simulator.Tests.OAuth;

public sealed class TokenTests
{
    private const string AnyContact = "/api/v2/externalcontacts/contacts/c-1";

    [Fact]
    public async Task Any_client_and_secret_get_a_bearer_token_for_a_day()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var request = RunningSimulator.TokenRequest("some client", "s:e:c");
        using var reply = await simulator.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var token = await RunningSimulator.JsonOf(reply);
        Assert.Equal("bearer", token.GetProperty("token_type").GetString());
        Assert.Equal(86_400, token.GetProperty("expires_in").GetInt32());
        Assert.True(token.GetProperty("access_token").GetString()!.Length >= 40);
        Assert.False(token.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task The_secret_wrong_is_refused_in_the_login_hosts_own_words()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var request = RunningSimulator.TokenRequest(secret: "wrong");
        using var reply = await simulator.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var error = await RunningSimulator.JsonOf(reply);
        Assert.Equal("invalid_client", error.GetProperty("error").GetString());
        Assert.Equal("authentication failed", error.GetProperty("description").GetString());
        Assert.Equal("authentication failed", error.GetProperty("error_description").GetString());
    }

    [Fact]
    public async Task Credentials_in_the_body_and_other_grants_are_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "a"), new("client_secret", "b")]);
        using var withoutBasic = await simulator.Http.PostAsync("/oauth/token", form);
        Assert.Equal(HttpStatusCode.BadRequest, withoutBasic.StatusCode);
        Assert.Equal("invalid_client", (await RunningSimulator.JsonOf(withoutBasic)).GetProperty("error").GetString());

        using var password = RunningSimulator.TokenRequest(grant: "password");
        using var reply = await simulator.Http.SendAsync(password);
        Assert.Equal("unsupported_grant_type", (await RunningSimulator.JsonOf(reply)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData(null, "authentication.required")]
    [InlineData("Bearer made-up", "bad.credentials")]
    [InlineData("Basic Y2xpZW50OnNlY3JldA==", "authentication.required")]
    public async Task A_call_without_a_token_of_ours_gets_a_401(string? authorization, string code)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, AnyContact);
        if (authorization is not null)
            request.Headers.Add("Authorization", authorization);
        using var reply = await simulator.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal(code, (await RunningSimulator.ErrorOf(reply)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_token_works_until_its_lifetime_is_over()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"token_lifetime_seconds": 5}""");
        await simulator.SignInAsync();

        simulator.Time.Advance(TimeSpan.FromSeconds(4.9));
        using var inside = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);

        simulator.Time.Advance(TimeSpan.FromSeconds(0.1));
        using var after = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal("credentials.expired", (await RunningSimulator.ErrorOf(after)).GetProperty("code").GetString());

        await simulator.SignInAsync();
        using var renewed = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
    }

    [Fact]
    public async Task The_lifetime_that_was_asked_for_is_the_one_told()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync("""{"token_lifetime_seconds": 5}""");
        using var request = RunningSimulator.TokenRequest();
        using var reply = await simulator.Http.SendAsync(request);
        Assert.Equal(5, (await RunningSimulator.JsonOf(reply)).GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task A_secret_can_go_wrong_while_the_tokens_it_got_live_on()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"wrong_secrets": ["secret"]}""");
        using var old = RunningSimulator.TokenRequest();
        using var refused = await simulator.Http.SendAsync(old);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("invalid_client", (await RunningSimulator.JsonOf(refused)).GetProperty("error").GetString());
        using var changed = RunningSimulator.TokenRequest(secret: "new secret");
        using var taken = await simulator.Http.SendAsync(changed);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using var call = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.OK, call.StatusCode);
    }

    [Fact]
    public async Task A_disabled_client_gets_no_token_and_loses_those_it_has()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"disabled_clients": ["client"]}""");
        using var request = RunningSimulator.TokenRequest();
        using var refused = await simulator.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("invalid_client", (await RunningSimulator.JsonOf(refused)).GetProperty("error").GetString());
        using var call = await simulator.ContactAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
        Assert.Equal("bad.credentials", (await RunningSimulator.ErrorOf(call)).GetProperty("code").GetString());
        await simulator.TokenAsync("another");
    }

    [Theory]
    [InlineData(400, "error", "invalid_client")]
    [InlineData(401, "error", "invalid_client")]
    [InlineData(429, "code", "too.many.requests.retry.after")]
    [InlineData(503, "code", "service.unavailable")]
    public async Task A_fault_of_the_client_comes_in_the_login_hosts_words_and_one_of_the_service_in_the_platforms(int status, string member, string value)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.FaultsAsync($$"""{"status": {{status}}, "retry_after_seconds": 2, "token": true}""");
        using var request = RunningSimulator.TokenRequest();
        using var reply = await simulator.Http.SendAsync(request);
        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal(value, (await RunningSimulator.JsonOf(reply)).GetProperty(member).GetString());
        Assert.Equal(TimeSpan.FromSeconds(2), reply.Headers.RetryAfter!.Delta);
    }
}
