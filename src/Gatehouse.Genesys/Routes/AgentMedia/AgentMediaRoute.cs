using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// The route <c>agent-media</c>: a file into a live conversation on the agent's side, where the customer gets it. The agent's message leg is looked up, an upload begun, the file put where Genesys says, its status asked for
/// until it is valid, and the message sent. Permissions: <c>conversation:communication:view</c>, and one of <c>conversation:message:create</c>, <c>conversation:webmessaging:create</c>,
/// <c>conversation:socialmedia:create</c>.
/// </summary>
public sealed class AgentMediaRoute(GenesysClient client, ITokenGate gate, IFileLinks links, TimeProvider time) : IDeliveryRoute, ILinkMessage
{
    public const string RouteName = "agent-media";

    /// <summary>As <see cref="OpenMessagingRoute.MostBytes"/>: the same messaging platform.</summary>
    public const long MostBytes = OpenMessagingRoute.MostBytes;

    /// <summary>Until an agent has taken the conversation it is looked at so often.</summary>
    private static readonly TimeSpan AgentLook = TimeSpan.FromSeconds(15);

    /// <summary>Before each look at a file that Genesys still checks: 30 s, at ten requests of the budget at most. The first comes at once.</summary>
    private static readonly TimeSpan[] StatusLooks = [.. new[] { 0, 0.25, 0.5, 1, 2, 4, 5, 5, 6, 6 }.Select(TimeSpan.FromSeconds)];

    public string Name => RouteName;

    public long MaxFileBytes => MostBytes;

    public IReadOnlyList<RouteField> Needs { get; } = [RouteField.ConversationId];

    public ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken) =>
        AttemptAsync(upload, permit, (calls, leg) => SendFileAsync(calls, leg, upload, bytes, cancellationToken), cancellationToken);

    public ValueTask<RouteOutcome> SendLinkAsync(UploadRow upload, Permit permit, CancellationToken cancellationToken) =>
        AttemptAsync(upload, permit, async (calls, leg) => KeptAnswer.WithoutAddresses(RouteAnswers.Judge(await calls.SendTextAsync(leg, LinkText.Of(upload, await links.MakeAsync(upload, cancellationToken))), LegIsGone)), cancellationToken);

    private async ValueTask<RouteOutcome> AttemptAsync(UploadRow upload, Permit permit, Func<AgentMediaCalls, string, ValueTask<RouteOutcome>> send, CancellationToken cancellationToken)
    {
        // A row from before a change of configuration may lack it.
        if (upload.ConversationId is null) return new RouteOutcome.Refused(RefusedBecause.Other, "The upload names no conversation. Send it again with conversation_id.");
        try
        {
            var calls = new AgentMediaCalls(client, new RequestPermits(gate, permit), upload, cancellationToken);
            var answer = await calls.ConversationAsync();
            if (answer is not GenesysAnswer.Answered { IsSuccess: true } found) return RouteAnswers.BeforeSending(RouteAnswers.Judge(answer, UnknownConversation));
            return AgentLeg.Find(found.Body) switch
            {
                AgentLeg.Live live => await send(calls, live.CommunicationId),
                AgentLeg.None => new RouteOutcome.NotYet(AgentLook, "No agent has taken the conversation yet."),
                AgentLeg.Ended => new RouteOutcome.Refused(RefusedBecause.Other, "The conversation has ended. Send the file in the customer's next one.") { Status = found.Status, CorrelationId = found.CorrelationId },
                _ => Strange(found, "the conversation"),
            };
        }
        catch (CredentialsRefusedException e)
        {
            return RouteAnswers.CredentialsRefused(gate, e);
        }
    }

    private async ValueTask<RouteOutcome> SendFileAsync(AgentMediaCalls calls, string leg, UploadRow upload, FileBytes bytes, CancellationToken cancellationToken)
    {
        var begun = await calls.BeginAsync(leg);
        if (begun is not GenesysAnswer.Answered { IsSuccess: true } where) return RouteAnswers.BeforeSending(RouteAnswers.Judge(begun, LegIsGone));
        if (JsonMembers.Object(where.Body) is not { } body || body.Text("id", 128) is not { Length: > 0 } media || PresignedUpload.Read(body, "uploadUrl", "uploadHeaders") is not { } upTo || !client.MayFollow(upTo.Address))
            return Strange(where, "where to put the file");
        if (PresignedAnswers.Judge(await calls.PutAsync(upTo, bytes)) is { } failed) return failed;
        if (await CheckedAsync(calls, leg, media, cancellationToken) is { } refused) return refused;
        return KeptAnswer.WithoutAddresses(RouteAnswers.Judge(await calls.SendMediaAsync(leg, media), LegIsGone));
    }

    /// <summary>Null when Genesys finds the file valid: only then may it be sent.</summary>
    private async ValueTask<RouteOutcome?> CheckedAsync(AgentMediaCalls calls, string leg, string media, CancellationToken cancellationToken)
    {
        foreach (var pause in StatusLooks)
        {
            await Task.Delay(pause, time, cancellationToken);
            var answer = await calls.StatusAsync(leg, media);
            if (answer is not GenesysAnswer.Answered { IsSuccess: true } told) return RouteAnswers.BeforeSending(RouteAnswers.Judge(answer, LegIsGone));
            switch (JsonMembers.Object(told.Body)?.Text("status"))
            {
                case "valid":
                    return null;
                case "invalid":
                    return new RouteOutcome.Refused(RefusedBecause.Other, "Genesys finds the file invalid after its upload: its type or content is not allowed there.") { Status = told.Status, CorrelationId = told.CorrelationId };
                case "uploading":
                    break;
                default:
                    return Strange(told, "the file's status");
            }
        }
        return new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: false, RetryAfter: null, "Genesys has not finished checking the file.");
    }

    private static RouteOutcome UnknownConversation(string said) => new RouteOutcome.Refused(RefusedBecause.Other, $"Genesys does not know this conversation{said}. Check conversation_id.");

    /// <summary>The agent left between two calls: the next attempt looks for the next one.</summary>
    private static RouteOutcome LegIsGone(string said) => new RouteOutcome.NotYet(AgentLook, $"The agent has left the conversation{said}.");

    private static RouteOutcome.Trouble Strange(GenesysAnswer.Answered answer, string about) =>
        new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: false, RetryAfter: null, $"Genesys' answer does not say {about} in a way that is known.") { Status = answer.Status, CorrelationId = answer.CorrelationId };
}
