using System.Globalization;

namespace Gatehouse.Genesys.Routes;

/// <summary>What an error of the web messaging service means for an upload.</summary>
internal static class GuestErrors
{
    private const string NewSession = "Open a new conversation in Messenger, and send the file again from there.";

    /// <summary>The wait where the service names none; its own client waits as long.</summary>
    private static readonly TimeSpan UnnamedPause = TimeSpan.FromSeconds(3);

    /// <param name="messageWasSent">The message itself had gone out: behind an unexpected error it may have been taken.</param>
    public static RouteOutcome Judge(GuestError error, bool messageWasSent)
    {
        var outcome = error.Code switch
        {
            // RequestRateTooHigh: of this guest's session. No other upload waits for it.
            429 or 4029 => new RouteOutcome.RateLimited(error.RetryAfter is { } wait && wait > TimeSpan.FromSeconds(1) ? wait : error.RetryAfter is null ? UnnamedPause : TimeSpan.FromSeconds(1)),
            4000 => new RouteOutcome.RouteDown($"The Messenger deployment does not take files{Said(error)}. Enable attachments in its configuration."),
            4001 => new RouteOutcome.Refused(RefusedBecause.TypeNotAllowed, $"The Messenger deployment does not take files of this type{Said(error)}."),
            4002 => new RouteOutcome.Refused(RefusedBecause.FileTooLarge, $"The file is larger than the Messenger deployment takes{Said(error)}."),
            4003 => new RouteOutcome.Refused(RefusedBecause.Other, $"Genesys refuses the file's content{Said(error)}."),
            4004 or 4005 => new RouteOutcome.Refused(RefusedBecause.Other, $"Genesys refuses the file's name{Said(error)}. Rename the file, and send it again."),
            4006 or 4007 or 4017 => Ended(Said(error)),
            // The attachment is gone before its message went out: the next attempt uploads it anew.
            4008 or 4009 or 4010 => new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: false, RetryAfter: null, $"Genesys lost the uploaded file before its message{Said(error)}."),
            401 => Ended(Said(error)),
            403 => new RouteOutcome.RouteDown($"The Messenger deployment lets nobody in{Said(error)}. Check WebMessaging:DeploymentId and WebMessaging:Origin."),
            408 or 503 => new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, error.RetryAfter, $"Web messaging is not available{Said(error)}."),
            502 or 504 => new RouteOutcome.Trouble(Outage: true, messageWasSent, error.RetryAfter, $"Web messaging is not available{Said(error)}."),
            >= 500 and < 600 or >= 5000 => new RouteOutcome.Trouble(Outage: false, messageWasSent, error.RetryAfter, $"Web messaging failed on this request{Said(error)}."),
            _ => new RouteOutcome.Refused(RefusedBecause.Other, $"Web messaging does not accept this file{Said(error)}.") as RouteOutcome,
        };
        return outcome with { Status = error.Code is >= 400 and < 600 ? error.Code : outcome switch { RouteOutcome.RateLimited => 429, RouteOutcome.Trouble => 500, _ => 400 }, GenesysCode = error.Code.ToString(CultureInfo.InvariantCulture) };
    }

    /// <summary>The guest's session is over, for good: no later attempt can help.</summary>
    public static RouteOutcome Ended(string said) => new RouteOutcome.Refused(RefusedBecause.Other, $"The guest's session in Messenger has ended{said}. {NewSession}");

    private static string Said(GuestError error) => string.Create(CultureInfo.InvariantCulture, $" ({error.Code}{(error.Message is { Length: > 0 } message ? ": " + Clean(message) : "")})");

    private static string Clean(string message) => string.Concat(message.TrimEnd('.', ' ').Select(static c => char.IsControl(c) ? ' ' : c));
}
