namespace Gatehouse.Genesys.Routes;

/// <summary>What an object store's answer to a presigned upload means. Nothing was sent to anybody yet, whatever it is.</summary>
internal static class PresignedAnswers
{
    /// <summary>Null when the file has been taken.</summary>
    public static RouteOutcome? Judge(GenesysAnswer answer) => answer switch
    {
        GenesysAnswer.Answered { IsSuccess: true } => null,
        GenesysAnswer.Answered { Status: 413 } too => new RouteOutcome.Refused(RefusedBecause.FileTooLarge, "The file is larger than Genesys accepts (413 at its upload).") { Status = too.Status },
        // Leave that has run out, or a signature that does not fit: the next attempt gets a new address.
        GenesysAnswer.Answered { Status: >= 400 and < 500 and not 408 and not 429 } no => Trouble(no, outage: false, $"The upload's address was refused ({no.Status})."),
        GenesysAnswer.Answered { Status: 408 or 429 or >= 500 } down => Trouble(down, outage: true, $"The store that takes uploads for Genesys is not available ({down.Status})."),
        GenesysAnswer.Answered odd => Trouble(odd, outage: false, $"The store that takes uploads for Genesys answered {odd.Status}, which is not followed."),
        GenesysAnswer.None none => new RouteOutcome.Trouble(none.Outage, OutcomeUnknown: false, RetryAfter: null, none.Why),
        _ => throw new InvalidOperationException(answer.ToString()),
    };

    private static RouteOutcome.Trouble Trouble(GenesysAnswer.Answered answer, bool outage, FormattableString why) =>
        new(outage, OutcomeUnknown: false, answer.RetryAfter, FormattableString.Invariant(why)) { Status = answer.Status };
}
