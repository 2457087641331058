using Gatehouse.Genesys.Routes;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Genesys.Tests.Routes;

/// <summary>What each status of each call of each route leads to: for good, for everyone, later, and whether anything may have been sent.</summary>
public sealed class EveryStatusTests
{
    private static readonly int[] Statuses = [302, 400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 500, 501, 502, 503, 504];

    /// <summary>What the calls of the API have in common, where they send, and where they only prepare.</summary>
    private static string Common(int status, bool sends) => status switch
    {
        302 or 401 or 403 => "down",
        408 or 503 => "outage",
        413 => "refused FileTooLarge",
        429 => "limited",
        500 or 501 => sends ? "own, may be sent" : "own",
        502 or 504 => sends ? "outage, may be sent" : "outage",
        _ => "refused Other",
    };

    private static string Put(int status) => status switch
    {
        408 or 429 or >= 500 => "outage",
        413 => "refused FileTooLarge",
        _ => "own",
    };

    public static TheoryData<string, int, string> Table()
    {
        var table = new TheoryData<string, int, string>();
        foreach (var status in Statuses)
        {
            table.Add("open-messaging send", status, status == 404 ? "down" : Common(status, sends: true));
            table.Add("contact-note send", status, status == 404 ? "refused ContactNotFound" : Common(status, sends: true));
            table.Add("agent-media conversation", status, Common(status, sends: false));
            foreach (var step in new[] { "begin", "status" }) table.Add("agent-media " + step, status, status == 404 ? "not yet" : Common(status, sends: false));
            table.Add("agent-media put", status, Put(status));
            table.Add("agent-media send", status, status == 404 ? "not yet" : Common(status, sends: true));
        }
        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_answer_leads_to_its_outcome_and_nothing_is_sent_after_a_step_that_failed(string call, int status, string expected)
    {
        await using var rig = await RoutesRig.StartAsync();
        var step = call.Split(' ')[1];
        rig.Override = context => IsStep(context, step);
        rig.Overridden = context => GenesysStub.Answer(context, status, """{"message":"It went wrong.","code":"some.code"}""", headers: [("ININ-Correlation-Id", "corr-1")]);
        IDeliveryRoute route = call.Split(' ')[0] switch
        {
            OpenMessagingRoute.RouteName => rig.OpenMessaging,
            ContactNoteRoute.RouteName => rig.ContactNote,
            _ => rig.AgentMedia,
        };
        var outcome = await rig.SendAsync(route);
        Assert.Equal(expected, Shown(outcome));
        Assert.Equal(step is "send" ? status == 401 ? 2 : 1 : 0, rig.Stub.Api.Count(IsMessage));
        // Only the API's own 429 pauses everybody's calls.
        Assert.Equal(status == 429 && step is not "put" ? 1 : 0, rig.Gate.Pauses.Count);
        if (step is "put") return;
        Assert.Equal((status, "corr-1"), (outcome.Status, outcome.CorrelationId));
    }

    [Theory]
    [InlineData("open-messaging send", "outage, may be sent")]
    [InlineData("contact-note send", "outage, may be sent")]
    [InlineData("agent-media conversation", "outage")]
    [InlineData("agent-media begin", "outage")]
    [InlineData("agent-media put", "outage")]
    [InlineData("agent-media status", "outage")]
    [InlineData("agent-media send", "outage, may be sent")]
    public async Task A_connection_that_breaks_without_an_answer_is_an_outage(string call, string expected)
    {
        await using var rig = await RoutesRig.StartAsync();
        var step = call.Split(' ')[1];
        rig.Override = context => IsStep(context, step);
        rig.Overridden = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        IDeliveryRoute route = call.StartsWith("open", StringComparison.Ordinal) ? rig.OpenMessaging : call.StartsWith("contact", StringComparison.Ordinal) ? rig.ContactNote : rig.AgentMedia;
        Assert.Equal(expected, Shown(await rig.SendAsync(route)));
    }

    internal static string Shown(RouteOutcome outcome) => outcome switch
    {
        RouteOutcome.Sent => "sent",
        RouteOutcome.Refused refused => $"refused {refused.Because}",
        RouteOutcome.RouteDown => "down",
        RouteOutcome.RateLimited => "limited",
        RouteOutcome.NotYet => "not yet",
        RouteOutcome.Trouble trouble => (trouble.Outage ? "outage" : "own") + (trouble.OutcomeUnknown ? ", may be sent" : ""),
        _ => outcome.ToString()!,
    };

    private static bool IsStep(HttpContext context, string step) => (context.Request.Method, context.Request.Path.Value!) switch
    {
        ("GET", $"/api/v2/conversations/{RoutesRig.Conversation}") => step is "conversation",
        ("GET", var path) when path.EndsWith("/media-1", StringComparison.Ordinal) => step is "status",
        ("PUT", _) => step is "put",
        ("POST", var path) when path.EndsWith("/uploads", StringComparison.Ordinal) => step is "begin",
        ("POST", _) => step is "send",
        _ => false,
    };

    /// <summary>A call that shows something to a person.</summary>
    private static bool IsMessage(Seen seen) => seen.Method is "POST" && !seen.Target.EndsWith("/uploads", StringComparison.Ordinal);
}
