using Gatehouse.Scenarios.Cluster.Checking.Rules;

namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>Judges a history: what clients were told against what arrived and against what was done to the deployment. Pure.</summary>
internal static class Checker
{
    private static readonly IRule[] All =
    [
        new AnswersAreProper(),
        new WhatWasAnsweredForArrives(),
        new ArrivalsFollowAdmissions(),
        new AFileIsOneUpload(),
        new RepeatsAreExcused(),
        new QuotasHold(),
        new BytesAreTheContactsOwn(),
    ];

    public static IReadOnlyList<Violation> Check(History history)
    {
        var evidence = new Evidence(history);
        return [.. All.SelectMany(rule => rule.Check(evidence))];
    }
}
