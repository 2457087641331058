using System.Text;

namespace Gatehouse.Genesys.Tests;

public sealed class OAuthClientTests
{
    [Fact]
    public async Task It_asks_with_Basic_and_a_form_and_reads_the_lifetime()
    {
        await using var stub = await GenesysStub.StartAsync();
        var issued = Assert.IsType<TokenAnswer.Issued>(await AskAsync(stub));
        Assert.Equal(("token-1", TimeSpan.FromSeconds(86400)), (issued.AccessToken, issued.ExpiresIn));
        var seen = Assert.Single(stub.Login);
        Assert.Equal("Basic " + Convert.ToBase64String("client-1:s3cret-of-client-1"u8), seen.Headers["Authorization"]);
        Assert.Equal("application/x-www-form-urlencoded", seen.Headers["Content-Type"]);
        Assert.Equal(("POST", "/oauth/token", "grant_type=client_credentials"), (seen.Method, seen.Target, Encoding.ASCII.GetString(seen.Body)));
    }

    [Theory]
    [InlineData("""{"access_token":"abc"}""", 300)]
    [InlineData("""{"access_token":"abc","expires_in":"soon"}""", 300)]
    [InlineData("""{"access_token":"abc","expires_in":5,"token_type":"Bearer"}""", 5)]
    [InlineData("""{"access_token":"abc","expires_in":1e300}""", 172800)]
    public async Task A_lifetime_is_taken_within_reason(string body, int seconds)
    {
        await using var stub = await GenesysStub.StartAsync();
        stub.OnLogin = context => GenesysStub.Answer(context, 200, body);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<TokenAnswer.Issued>(await AskAsync(stub)).ExpiresIn);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1"}""")]
    [InlineData("""{"access_token":"abc","expires_in":0}""")]
    [InlineData("""{"access_token":"abc","token_type":"mac"}""")]
    [InlineData("""{"access_token":7}""")]
    public async Task What_is_no_usable_token_is_none(string body)
    {
        await using var stub = await GenesysStub.StartAsync();
        stub.OnLogin = context => GenesysStub.Answer(context, 200, body);
        Assert.IsType<TokenAnswer.Unavailable>(await AskAsync(stub));
    }

    [Fact]
    public async Task An_oversized_answer_is_none()
    {
        await using var stub = await GenesysStub.StartAsync();
        stub.OnLogin = context => GenesysStub.Answer(context, 200, $$"""{"access_token":"abc","padding":"{{new string('x', 64 * 1024)}}"}""");
        Assert.IsType<TokenAnswer.Unavailable>(await AskAsync(stub));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(404, false)]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task Only_what_asking_again_cannot_cure_counts_as_refused(int status, bool refused)
    {
        await using var stub = await GenesysStub.StartAsync();
        stub.OnLogin = context => GenesysStub.Answer(context, status, """{"error":"some_error","error_description":"Some words"}""");
        var answer = await AskAsync(stub);
        var why = refused ? Assert.IsType<TokenAnswer.Refused>(answer).Why : Assert.IsType<TokenAnswer.Unavailable>(answer).Why;
        Assert.Contains("some_error: Some words", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_does_not_answer_in_time_or_drops_the_call_is_not_available()
    {
        await using var stub = await GenesysStub.StartAsync();
        stub.OnLogin = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.IsType<TokenAnswer.Unavailable>(await AskAsync(stub));
        stub.OnLogin = context =>
        {
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(() => gone.TrySetResult());
            return gone.Task;
        };
        var late = Assert.IsType<TokenAnswer.Unavailable>(await AskAsync(stub, o => o.LoginTimeoutSeconds = 0.2));
        Assert.Contains("did not answer within 0.2 seconds", late.Why, StringComparison.Ordinal);
    }

    private static async Task<TokenAnswer> AskAsync(GenesysStub stub, Action<GenesysOptions>? configure = null)
    {
        var options = stub.Options();
        configure?.Invoke(options);
        using var http = GenesysHttp.Create(options);
        return await new OAuthClient(http, options, options.Credentials()[0], TimeProvider.System, NoGenesysTelemetry.Instance).RequestTokenAsync(CancellationToken.None);
    }
}
