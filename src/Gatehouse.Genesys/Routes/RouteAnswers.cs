using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Gatehouse.Genesys.Routes;

/// <summary>What an answer of Genesys means for an upload.</summary>
internal static class RouteAnswers
{
    /// <summary>The longest answer that is kept with an upload.</summary>
    private const int MaxResultBytes = 64 * 1024;

    /// <param name="notFound">What a 404 means to the call that was made, from what Genesys said about it; null: the contact is not known.</param>
    public static RouteOutcome Judge(GenesysAnswer answer, Func<string, RouteOutcome>? notFound = null) => answer switch
    {
        GenesysAnswer.Answered answered => Judge(answered, answered.IsSuccess ? GenesysError.Unknown : GenesysErrors.Parse(answered.Body), notFound ?? UnknownContact),
        GenesysAnswer.None none => new RouteOutcome.Trouble(none.Outage, none.MayHaveArrived, RetryAfter: null, none.Why),
        _ => throw new InvalidOperationException(answer.ToString()),
    };

    /// <summary>The login service lets nobody in.</summary>
    public static RouteOutcome CredentialsRefused(ITokenGate gate, CredentialsRefusedException e) => new RouteOutcome.RouteDown(gate.Trouble ?? e.Message) { Status = 401 };

    /// <summary>A step before the one that sends anything: whatever became of it, nothing was sent.</summary>
    public static RouteOutcome BeforeSending(RouteOutcome outcome) => outcome is RouteOutcome.Trouble { OutcomeUnknown: true } trouble ? trouble with { OutcomeUnknown = false } : outcome;

    private static RouteOutcome.Refused UnknownContact(string said) => new RouteOutcome.Refused(RefusedBecause.ContactNotFound, $"Genesys does not know this contact{said}.");

    private static RouteOutcome Judge(GenesysAnswer.Answered answer, GenesysError error, Func<string, RouteOutcome> notFound)
    {
        var outcome = Outcome(answer, error, notFound);
        return outcome with { Status = answer.Status, GenesysCode = error.Code, CorrelationId = answer.CorrelationId ?? error.ContextId };
    }

    private static RouteOutcome Outcome(GenesysAnswer.Answered answer, GenesysError error, Func<string, RouteOutcome> notFound) => answer.Status switch
    {
        >= 200 and < 300 => new RouteOutcome.Sent(Json(answer.Body)),
        401 => new RouteOutcome.RouteDown($"Genesys refuses even a fresh access token{Said(answer, error)}."),
        403 => new RouteOutcome.RouteDown($"The OAuth client lacks a permission for this call{Said(answer, error)}."),
        404 => notFound(Said(answer, error)),
        // No whole request arrived there in time: as good as a broken connection.
        408 => new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, answer.RetryAfter, $"Genesys did not receive the request in time{Said(answer, error)}."),
        413 => new RouteOutcome.Refused(RefusedBecause.FileTooLarge, $"The file is larger than Genesys accepts{Said(answer, error)}.") { LimitBytes = error.MaximumBytes },
        429 => new RouteOutcome.RateLimited(answer.RetryAfter!.Value),
        >= 400 and < 500 => new RouteOutcome.Refused(RefusedBecause.Other, $"Genesys does not accept this file{Said(answer, error)}."),
        // 503 says that nothing was begun (RFC 9110, section 15.6.4); behind 502 and 504 the call may have been carried out.
        503 => new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, answer.RetryAfter, $"Genesys is not available{Said(answer, error)}."),
        502 or 504 => new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: true, answer.RetryAfter, $"Genesys is not available{Said(answer, error)}."),
        >= 500 => new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: true, answer.RetryAfter, $"Genesys failed on this request{Said(answer, error)}."),
        _ => new RouteOutcome.RouteDown($"Genesys answers with a redirect, which is not followed{Said(answer, error)}. Check Genesys:ApiBaseAddress."),
    };

    private static string Said(GenesysAnswer.Answered answer, GenesysError error)
    {
        var said = new StringBuilder(" (").Append(answer.Status.ToString(CultureInfo.InvariantCulture));
        if (error.Code is not null) said.Append(' ').Append(error.Code);
        if (error.Message is not null) said.Append(": ").Append(error.Message.TrimEnd('.', ' '));
        return said.Append(')').ToString();
    }

    private static string? Json(ReadOnlyMemory<byte> body)
    {
        if (body.Length is 0 or > MaxResultBytes || !Utf8.IsValid(body.Span)) return null;
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            while (reader.Read())
            {
                // Only its well-formedness matters; nothing in it is used.
            }
            return Encoding.UTF8.GetString(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
