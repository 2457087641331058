namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>The contact actor's promises over random histories: interleaved callers and senders, crashes, lost saves and answers, and a clock that jumps.</summary>
public sealed class ContactPropertyTests
{
    [Fact]
    public void Every_promise_holds_over_random_histories_with_a_steady_clock() => Run(mayJump: false, histories: 3000);

    [Fact]
    public void Nothing_is_stranded_forgotten_or_sent_out_of_order_when_the_clock_jumps() => Run(mayJump: true, histories: 3000);

    private static void Run(bool mayJump, int histories)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Histories.Check(histories, longest: 120, history =>
        {
            var world = new ContactWorld(mayJump);
            world.Run(history);
            foreach (var (what, times) in world.Seen) seen[what] = seen.GetValueOrDefault(what) + times;
        });
        // A property over things that never happen holds without meaning: all of these must have been tried, and often.
        string[] all =
        [
            "lost save", "lost answer", "caller died", "late re-run", "forgotten", "upload Delivered", "upload Failed", "upload Expired", "upload Queued",
            "Admit: Admitted", "Admit: Duplicate", "Admit: Replayed", "Admit: KeyReused", "Admit: OverQuota", "Peek: Fresh", "Claim: Claimed", "Claim: NotBefore", "Claim: NothingWaiting",
            "Complete: Recorded", "Complete: Void", "Renew: Renewed", "Renew: Void", "PutOff: NotBefore", "PutOff: Void", "Knock: Welcome", "Knock: OverQuota",
            .. (string[])(mayJump ? ["clock set back", "clock set forward"] : []),
        ];
        foreach (var what in all) Assert.True(seen.GetValueOrDefault(what) >= 50, $"{what}: {seen.GetValueOrDefault(what)} times.");
    }
}
