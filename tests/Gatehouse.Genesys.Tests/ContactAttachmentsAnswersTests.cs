using System.Globalization;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests;

public sealed class ContactAttachmentsAnswersTests
{
    private const string Body = """{"message":"It went wrong.","code":"some.code","status":400,"contextId":"ctx-1","details":[],"errors":[]}""";

    [Fact]
    public async Task A_success_is_sent_with_its_answer_as_it_came()
    {
        await using var rig = await RouteRig.StartAsync();
        var outcome = Assert.IsType<RouteOutcome.Sent>(await rig.AnsweredAsync(201, """{ "id":"ä" }""", ("ININ-Correlation-Id", "corr-1")));
        Assert.Equal("""{ "id":"ä" }""", outcome.Result);
        Assert.Equal((201, "corr-1"), (outcome.Status, outcome.CorrelationId));
        Assert.Equal([(ContactAttachmentsRoute.RouteName, 201)], rig.Telemetry.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>fine</html>")]
    [InlineData("""{"id":1} trailing""")]
    public async Task A_success_whose_answer_is_no_JSON_is_sent_without_one(string body)
    {
        await using var rig = await RouteRig.StartAsync();
        Assert.Null(Assert.IsType<RouteOutcome.Sent>(await rig.AnsweredAsync(200, body)).Result);
    }

    [Theory]
    [InlineData(64 * 1024 + 1)]
    [InlineData(GenesysClient.MaxAnswerBytes + 1)]
    [InlineData(4 * 1024 * 1024)]
    public async Task A_success_with_an_oversized_answer_is_sent_without_it(int length)
    {
        await using var rig = await RouteRig.StartAsync();
        Assert.Null(Assert.IsType<RouteOutcome.Sent>(await rig.AnsweredAsync(200, "\"" + new string('x', length - 2) + "\"")).Result);
    }

    [Fact]
    public async Task An_answer_of_exactly_64_KB_is_kept()
    {
        await using var rig = await RouteRig.StartAsync();
        var body = "\"" + new string('x', (64 * 1024) - 2) + "\"";
        Assert.Equal(body, Assert.IsType<RouteOutcome.Sent>(await rig.AnsweredAsync(200, body)).Result);
    }

    [Theory]
    [InlineData(404, RefusedBecause.ContactNotFound)]
    [InlineData(413, RefusedBecause.FileTooLarge)]
    [InlineData(400, RefusedBecause.Other)]
    [InlineData(409, RefusedBecause.Other)]
    [InlineData(415, RefusedBecause.Other)]
    [InlineData(422, RefusedBecause.Other)]
    public async Task Other_4xx_refuse_the_upload_for_good(int status, RefusedBecause because)
    {
        await using var rig = await RouteRig.StartAsync();
        var outcome = Assert.IsType<RouteOutcome.Refused>(await rig.AnsweredAsync(status, Body));
        Assert.Equal(because, outcome.Because);
        Assert.Equal((status, "some.code", "ctx-1"), (outcome.Status!.Value, outcome.GenesysCode, outcome.CorrelationId));
        Assert.Contains("It went wrong", outcome.Why, StringComparison.Ordinal);
        Assert.Single(rig.Stub.Api, seen => seen.Method is "POST");
    }

    [Fact]
    public async Task A_missing_permission_closes_the_route()
    {
        await using var rig = await RouteRig.StartAsync();
        var outcome = Assert.IsType<RouteOutcome.RouteDown>(await rig.AnsweredAsync(403, """{"message":"No","code":"missing.permissions","status":403}"""));
        Assert.Equal((403, "missing.permissions"), (outcome.Status!.Value, outcome.GenesysCode));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_closes_the_route()
    {
        await using var rig = await RouteRig.StartAsync();
        Assert.IsType<RouteOutcome.RouteDown>(await rig.AnsweredAsync(302, "", ("Location", "/elsewhere")));
        Assert.Single(rig.Stub.Api);
    }

    [Fact]
    public async Task A_401_is_cured_by_a_newer_token_once_and_the_whole_file_is_sent_again()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = context => GenesysStub.Answer(context, context.Request.Headers.Authorization == "Bearer token-2" ? 200 : 401);
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync());
        var (first, second) = (rig.Stub.Api.First(), rig.Stub.Api.Last());
        Assert.Equal(2, rig.Stub.Api.Count);
        Assert.Equal(1, rig.Gate.Replaced);
        Assert.Equal(first.Headers["Idempotency-Key"], second.Headers["Idempotency-Key"]);
        Assert.Equal(first.Body.Length, second.Body.Length);
    }

    [Fact]
    public async Task A_second_401_closes_the_route()
    {
        await using var rig = await RouteRig.StartAsync();
        Assert.Equal(401, Assert.IsType<RouteOutcome.RouteDown>(await rig.AnsweredAsync(401, """{"code":"bad.credentials","message":"Invalid login credentials."}""")).Status);
        Assert.Equal(2, rig.Stub.Api.Count);
    }

    [Fact]
    public async Task A_401_with_credentials_that_are_refused_closes_the_route()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Gate.RefusesCredentials = true;
        Assert.Equal("The secret is wrong.", Assert.IsType<RouteOutcome.RouteDown>(await rig.AnsweredAsync(401)).Why);
    }

    [Theory]
    [InlineData("17", "", 17)]
    [InlineData("", """{"code":"too.many.requests.retry.after","message":"Rate limit exceeded the maximum. Retry the request in [42] seconds"}""", 42)]
    [InlineData("", """{"code":"too.many.requests","message":"Rate limit exceeded the maximum [300] requests within [60] seconds"}""", 60)]
    [InlineData("", "", 3)]
    [InlineData("soon", "", 3)]
    [InlineData("99999999999999999999999", "", 86400)]
    [InlineData("-5", "", 3)]
    // No pause at all would be asked for again as fast as calls go.
    [InlineData("0", "", 1)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "", 1)]
    [InlineData("", """{"message":"Rate limit exceeded the maximum. Retry the request in [0] seconds"}""", 1)]
    public async Task A_429_pauses_for_as_long_as_Genesys_says(string header, string body, int seconds)
    {
        await using var rig = await RouteRig.StartAsync();
        var outcome = Assert.IsType<RouteOutcome.RateLimited>(header.Length == 0 ? await rig.AnsweredAsync(429, body) : await rig.AnsweredAsync(429, body, ("Retry-After", header)));
        Assert.Equal(TimeSpan.FromSeconds(seconds), outcome.RetryAfter);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], rig.Gate.Pauses);
        Assert.Equal(429, outcome.Status);
    }

    [Theory]
    [InlineData(429, "3600", "")]
    [InlineData(429, "", """{"message":"Rate limit exceeded the maximum. Retry the request in [3600] seconds"}""")]
    [InlineData(503, "3600", "")]
    public async Task No_answer_is_granted_a_longer_pause_than_the_deployments_own_limit(int status, string header, string body)
    {
        await using var rig = await RouteRig.StartAsync(options => options.MaxRetryAfterSeconds = 90);
        var outcome = header.Length == 0 ? await rig.AnsweredAsync(status, body) : await rig.AnsweredAsync(status, body, ("Retry-After", header));
        var most = TimeSpan.FromSeconds(90);
        Assert.Equal(most, outcome is RouteOutcome.RateLimited limited ? limited.RetryAfter : Assert.IsType<RouteOutcome.Trouble>(outcome).RetryAfter);
        Assert.Equal(status == 429 ? [most] : [], rig.Gate.Pauses);
    }

    [Fact]
    public async Task A_Retry_After_may_be_a_date()
    {
        await using var rig = await RouteRig.StartAsync();
        var at = DateTimeOffset.UtcNow.AddSeconds(120).ToString("r", CultureInfo.InvariantCulture);
        var outcome = Assert.IsType<RouteOutcome.RateLimited>(await rig.AnsweredAsync(429, "", ("Retry-After", at)));
        Assert.InRange(outcome.RetryAfter, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(121));
    }

    [Theory]
    [InlineData(408, true, false)]
    [InlineData(500, false, true)]
    [InlineData(501, false, true)]
    [InlineData(502, true, true)]
    [InlineData(503, true, false)]
    [InlineData(504, true, true)]
    public async Task Trouble_tells_an_outage_from_the_uploads_own_and_whether_the_work_may_be_done(int status, bool outage, bool unknown)
    {
        await using var rig = await RouteRig.StartAsync();
        var outcome = Assert.IsType<RouteOutcome.Trouble>(await rig.AnsweredAsync(status, Body, ("Retry-After", "9"), ("Genesys-Correlation-Id", "new"), ("ININ-Correlation-Id", "old")));
        Assert.Equal((outage, unknown, TimeSpan.FromSeconds(9)), (outcome.Outage, outcome.OutcomeUnknown, outcome.RetryAfter!.Value));
        Assert.Equal((status, "some.code", "new, old"), (outcome.Status!.Value, outcome.GenesysCode, outcome.CorrelationId));
    }

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("[1,2]")]
    [InlineData("""{"code":7,"message":"\ud800"}""")]
    public async Task An_error_body_of_any_shape_is_survived(string body)
    {
        await using var rig = await RouteRig.StartAsync();
        Assert.Equal(503, Assert.IsType<RouteOutcome.Trouble>(await rig.AnsweredAsync(503, body)).Status);
    }

    [Fact]
    public async Task An_error_body_beyond_64_KB_is_not_read()
    {
        await using var rig = await RouteRig.StartAsync();
        var outcome = Assert.IsType<RouteOutcome.Refused>(await rig.AnsweredAsync(400, $$"""{"code":"some.code","message":"{{new string('x', 64 * 1024)}}"}"""));
        Assert.Null(outcome.GenesysCode);
    }
}
