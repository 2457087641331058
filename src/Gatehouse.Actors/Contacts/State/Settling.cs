using System.Collections.Immutable;

namespace Gatehouse.Actors.Contacts;

/// <summary>
/// Makes a state true to the clock: nothing in it lies further ahead of now than it could have been set. With a clock that only moves forward it changes nothing;
/// after one was set back, waits are at most as long again as they ever are, instead of as long as the jump.
/// </summary>
internal static class Settling
{
    public static ContactState Settled(this ContactState state, ContactRules rules, long now)
    {
        var window = RollingCount.WidthOf(rules.Window);
        var files = state.Files.Restamp(now, window);
        var next = state;
        if (files != state.Files) next = next with { Files = files };
        if (state.Bytes.Restamp(now, window) is var bytes && bytes != state.Bytes) next = next with { Bytes = bytes };
        if (state.Attempts.Restamp(now, ContactRules.AttemptsWidth) is var attempts && attempts != state.Attempts) next = next with { Attempts = attempts };
        if (Line(state.Line, files, rules, now) is var line && line != state.Line) next = next with { Line = line };
        if (Remembered(state.Remembered, now) is var remembered && remembered != state.Remembered) next = next with { Remembered = remembered };
        return next;
    }

    private static ImmutableArray<LineEntry> Line(ImmutableArray<LineEntry> line, RollingCount files, ContactRules rules, long now)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var entry = WithItsOwnWait(line[i], Moment.Of(rules.MaxBackOff), now);
            if (entry.AdmittedAt > now) entry = entry with { AdmittedAt = now };
            if (entry.CountedIn > now) entry = entry with { CountedIn = files.IsEmpty ? now : files.Counters[^1].Start };
            if (entry.Claim is { } claim && claim.LeaseUntil > now + Moment.Of(rules.Lease))
            {
                entry = entry with { Claim = claim with { LeaseUntil = now + Moment.Of(rules.Lease) } };
            }
            if (!ReferenceEquals(entry, line[i])) line = line.SetItem(i, entry);
        }
        return line;
    }

    /// <summary>A wait that was begun by a clock that ran ahead is as long as it was meant, from now. When one was begun for want of a route is not kept: that is as long as any may be, at most.</summary>
    private static LineEntry WithItsOwnWait(LineEntry entry, long longest, long now)
    {
        var begun = entry.LastAnswer?.At ?? entry.AdmittedAt;
        if (begun > now) entry = entry with { NotBefore = now + Math.Max(0, entry.NotBefore - begun), LastAnswer = entry.LastAnswer is { } answer ? answer with { At = now } : null };
        return entry.NotBefore > now + longest ? entry with { NotBefore = now + longest } : entry;
    }

    private static ImmutableArray<Remembered> Remembered(ImmutableArray<Remembered> remembered, long now)
    {
        for (var i = 0; i < remembered.Length; i++)
        {
            var item = remembered[i];
            if (item.At > now) item = item with { At = now };
            if (item.Ending is { } ending && ending.At > now) item = item with { Ending = ending with { At = now } };
            if (!ReferenceEquals(item, remembered[i])) remembered = remembered.SetItem(i, item);
        }
        return remembered;
    }
}
