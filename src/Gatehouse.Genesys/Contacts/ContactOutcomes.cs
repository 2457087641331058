using System.Globalization;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys;

/// <summary>What it means for an upload that its contact could not be found out.</summary>
internal static class ContactOutcomes
{
    public static RouteOutcome Of(GenesysAnswer answer) => RouteAnswers.BeforeSending(RouteAnswers.Judge(answer)) switch
    {
        RouteOutcome.Sent sent => new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: false, RetryAfter: null, "Genesys answered a search for the contact without one.") { Status = sent.Status, CorrelationId = sent.CorrelationId },
        RouteOutcome.Refused refused => refused with
        {
            Because = RefusedBecause.ContactNotFound,
            Why = string.Create(CultureInfo.InvariantCulture, $"Genesys does not take this contact id ({refused.Status} {refused.GenesysCode})."),
        },
        var outcome => outcome,
    };
}
