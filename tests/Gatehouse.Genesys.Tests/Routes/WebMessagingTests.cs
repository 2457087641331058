using System.Text;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests.Routes;

public sealed class WebMessagingTests
{
    [Fact]
    public async Task The_file_goes_the_way_that_Messenger_itself_sends_one()
    {
        await using var messenger = MessengerStub.Start();
        var sent = Assert.IsType<RouteOutcome.Sent>(await messenger.SendAsync());
        Assert.Equal("""{"id":"message-1","direction":"Inbound"}""", sent.Result);
        Assert.Equal(["configureSession", "onAttachment", "onMessage"], messenger.Actions);
        Assert.All(messenger.Frames, frame => Assert.Equal(MessengerStub.Token, frame.GetProperty("token").GetString()));
        Assert.Equal("?deploymentId=deployment-1 https://shop.example ", Assert.Single(messenger.Connects));
        var put = Assert.Single(messenger.Puts);
        Assert.Equal(("application/pdf", "abc", "hello"), (put.Headers["Content-Type"], put.Headers["x-amz-tagging"], Encoding.UTF8.GetString(put.Body)));
        Assert.False(put.Headers.ContainsKey("Authorization"));
        var message = messenger.Frames.Last();
        Assert.Equal(messenger.Frames.ElementAt(1).GetProperty("attachmentId").GetString(), message.GetProperty("message").GetProperty("content")[0].GetProperty("attachment").GetProperty("id").GetString());
        Assert.Equal("application/pdf", message.GetProperty("message").GetProperty("channel").GetProperty("metadata").GetProperty("customAttributes").GetProperty("detected_mime").GetString());
    }

    public static TheoryData<string, int, string> Errors()
    {
        var table = new TheoryData<string, int, string>();
        foreach (var step in new[] { "configureSession", "onAttachment", "put", "onMessage" })
        {
            var isSent = step is "onMessage";
            foreach (var (code, outcome) in new (int, string)[]
            {
                (429, "limited"), (4029, "limited"), (4000, "down"), (4001, "refused TypeNotAllowed"), (4002, "refused FileTooLarge"), (4003, "refused Other"), (4004, "refused Other"), (4005, "refused Other"),
                (4006, "refused Other"), (4007, "refused Other"), (4008, "own"), (4009, "own"), (4010, "own"), (4011, "refused Other"), (4013, "refused Other"), (4017, "refused Other"), (4020, "refused Other"),
                (4102, "refused Other"), (400, "refused Other"), (401, "refused Other"), (403, "down"), (500, isSent ? "own, may be sent" : "own"), (503, "outage"), (504, isSent ? "outage, may be sent" : "outage"),
                (5000, isSent ? "own, may be sent" : "own"),
            })
            {
                table.Add(step, code, outcome);
            }
        }
        return table;
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_leads_to_its_outcome_and_pauses_nobody_else(string step, int code, string expected)
    {
        await using var messenger = MessengerStub.Start();
        messenger.Answer = (action, frame) => string.Equals(action, step, StringComparison.Ordinal) ? [MessengerStub.Error(code, step is "put" ? null : frame.GetProperty("tracingId").GetString())] : null;
        var outcome = await messenger.SendAsync();
        Assert.Equal(expected, EveryStatusTests.Shown(outcome));
        Assert.Empty(messenger.Gate.Pauses);
        Assert.Equal(step is "onMessage", messenger.Actions.Contains("onMessage"));
        Assert.DoesNotContain(MessengerStub.Token, outcome.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"retryAfter":7,"errorCode":4029,"errorMessage":"Message rate too high for this session"}""", 7)]
    [InlineData("""{"errorCode":4029}""", 3)]
    [InlineData("""{"retryAfter":0,"errorCode":4029}""", 1)]
    [InlineData("\"ConfigureSession rate too high for this session\"", 3)]
    public async Task A_session_that_is_too_fast_waits_as_long_as_it_is_told(string body, int seconds)
    {
        await using var messenger = MessengerStub.Start();
        messenger.Answer = (action, _) => action is "configureSession" ? [MessengerStub.Frame("TooManyRequestsErrorMessage", body, 429)] : null;
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<RouteOutcome.RateLimited>(await messenger.SendAsync()).RetryAfter);
    }

    [Theory]
    [InlineData("configureSession", "outage")]
    [InlineData("onAttachment", "outage")]
    [InlineData("put", "outage")]
    [InlineData("onMessage", "outage, may be sent")]
    public async Task A_connection_that_breaks_is_an_outage(string step, string expected)
    {
        await using var messenger = MessengerStub.Start();
        messenger.Answer = (action, _) => string.Equals(action, step, StringComparison.Ordinal) ? ["close"] : null;
        Assert.Equal(expected, EveryStatusTests.Shown(await messenger.SendAsync()));
    }

    [Theory]
    [InlineData(403, "down")]
    [InlineData(404, "down")]
    [InlineData(429, "limited")]
    [InlineData(500, "outage")]
    [InlineData(503, "outage")]
    public async Task A_connection_that_is_not_let_in_tells_why(int status, string expected)
    {
        await using var messenger = MessengerStub.Start();
        messenger.ConnectStatus = status;
        var outcome = await messenger.SendAsync();
        Assert.Equal((expected, status), (EveryStatusTests.Shown(outcome), outcome.Status));
    }

    [Theory]
    [InlineData(403, "own")]
    [InlineData(413, "refused FileTooLarge")]
    [InlineData(503, "outage")]
    public async Task An_upload_that_fails_sends_no_message(int status, string expected)
    {
        await using var messenger = MessengerStub.Start();
        messenger.PutStatus = status;
        Assert.Equal(expected, EveryStatusTests.Shown(await messenger.SendAsync()));
        Assert.DoesNotContain("onMessage", messenger.Actions);
    }

    [Theory]
    [InlineData("""{"readOnly":true}""", "refused Other")]
    [InlineData("""{"allowedMedia":{"inbound":{"fileTypes":[{"type":"image/*"}]}}}""", "refused TypeNotAllowed")]
    [InlineData("""{"allowedMedia":{"inbound":{"fileTypes":[{"type":"*/*"}],"maxFileSizeKB":5}}}""", "refused FileTooLarge")]
    [InlineData("""{"blockedExtensions":[".exe",".PDF"]}""", "refused TypeNotAllowed")]
    [InlineData("""{"newSession":true}""", "sent")]
    public async Task What_the_session_does_not_take_is_not_uploaded(string session, string expected)
    {
        await using var messenger = MessengerStub.Start();
        messenger.Session = session;
        Assert.Equal(expected, EveryStatusTests.Shown(await messenger.SendAsync(size: 5001)));
        Assert.Equal(expected is "sent" ? 1 : 0, messenger.Puts.Count);
    }

    [Theory]
    [InlineData("onAttachment", 4001, null, "application/pdf")]
    [InlineData("onAttachment", 4002, 6000L, null)]
    [InlineData("put", 4002, 6000L, null)]
    [InlineData("store", 413, 6000L, null)]
    public async Task A_refusal_is_told_with_what_the_session_said_that_it_takes(string step, int code, long? limit, string? types)
    {
        await using var messenger = MessengerStub.Start();
        messenger.Session = """{"allowedMedia":{"inbound":{"fileTypes":[{"type":"application/pdf"}],"maxFileSizeKB":6}}}""";
        if (step is "store") messenger.PutStatus = code;
        else messenger.Answer = (action, frame) => string.Equals(action, step, StringComparison.Ordinal) ? [MessengerStub.Error(code, step is "put" ? null : frame.GetProperty("tracingId").GetString())] : null;
        var refused = Assert.IsType<RouteOutcome.Refused>(await messenger.SendAsync());
        Assert.Equal((limit, types), (refused.LimitBytes, refused.AllowedTypes is null ? null : string.Join(' ', refused.AllowedTypes)));
    }

    [Fact]
    public async Task A_session_that_takes_every_type_says_nothing_of_one_that_was_refused()
    {
        await using var messenger = MessengerStub.Start();
        messenger.Answer = (action, frame) => action is "onAttachment" ? [MessengerStub.Error(4001, frame.GetProperty("tracingId").GetString())] : null;
        Assert.Null(Assert.IsType<RouteOutcome.Refused>(await messenger.SendAsync()).AllowedTypes);
    }

    [Fact]
    public async Task What_others_say_in_the_session_meanwhile_is_read_over()
    {
        await using var messenger = MessengerStub.Start();
        messenger.Answer = (action, frame) => action is "onMessage"
            ? [MessengerStub.Frame("StructuredMessage", """{"id":"agents","direction":"Outbound"}"""), MessengerStub.Error(4001, tracing: "another"), "no JSON",
                MessengerStub.Frame("StructuredMessage", """{"id":"ours"}""", tracing: frame.GetProperty("tracingId").GetString())]
            : null;
        Assert.Equal("""{"id":"ours"}""", Assert.IsType<RouteOutcome.Sent>(await messenger.SendAsync()).Result);
    }

    [Fact]
    public async Task A_session_that_expires_is_refused_with_what_to_do()
    {
        await using var messenger = MessengerStub.Start();
        messenger.Answer = (action, _) => action is "configureSession" ? [MessengerStub.Frame("SessionExpiredEvent", "{}")] : null;
        Assert.Contains("Open a new conversation", Assert.IsType<RouteOutcome.Refused>(await messenger.SendAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_larger_file_goes_as_a_text_with_its_link()
    {
        await using var messenger = MessengerStub.Start();
        messenger.Session = """{"allowedMedia":{"inbound":{"fileTypes":[{"type":"image/*"}]}}}""";
        Assert.IsType<RouteOutcome.Sent>(await messenger.SendAsync(size: 50_000_000, route: new LargeFileRoute(messenger.Route, messenger.Route, 64 * 1024 * 1024)));
        Assert.Equal(["configureSession", "onMessage"], messenger.Actions);
        Assert.Contains("https://files.example/", messenger.Frames.Last().GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_cannot_be_opened_is_refused_without_a_connection()
    {
        await using var messenger = MessengerStub.Start();
        Assert.Equal("refused Other", EveryStatusTests.Shown(await messenger.Route.SendAsync(RoutesRig.Upload(), new MemoryFile([1]), Permit.None, CancellationToken.None)));
        Assert.Empty(messenger.Connects);
    }
}
