using System.Collections.Immutable;

namespace Gatehouse.Actors.Contacts;

/// <summary>Lets go of what has run out.</summary>
internal static class Pruning
{
    /// <summary>The state without what decides nothing any more; the same instance when there is none.</summary>
    public static ContactState Pruned(this ContactState state, ContactRules rules, long now)
    {
        var window = RollingCount.WidthOf(rules.Window);
        var next = state;
        if (state.Files.Prune(now, window) is var files && files != state.Files) next = next with { Files = files };
        if (state.Bytes.Prune(now, window) is var bytes && bytes != state.Bytes) next = next with { Bytes = bytes };
        if (state.Attempts.Prune(now, ContactRules.AttemptsWidth) is var attempts && attempts != state.Attempts) next = next with { Attempts = attempts };
        if (attempts.IsEmpty && state.Turned.Length > 0) next = next with { Turned = [] };
        if (Fresh(state.Remembered, null, rules, now) is var remembered && remembered != state.Remembered) next = next with { Remembered = remembered };
        return next;
    }

    /// <summary>Remembers one more, and lets go of what has run out; above <see cref="ContactRules.MaxRemembered"/> the oldest of its kind go: no number of repeats drives out an upload.</summary>
    public static ImmutableArray<Remembered> Remember(this ImmutableArray<Remembered> remembered, Remembered one, ContactRules rules, long now) =>
        Fresh(remembered, one, rules, now);

    /// <summary>When the last remembered thing runs out; null when nothing is remembered.</summary>
    public static long? BlankAt(this ContactState state, ContactRules rules)
    {
        var window = RollingCount.WidthOf(rules.Window);
        var last = Later(Later(state.Files.EmptyAt(window), state.Bytes.EmptyAt(window)), state.Attempts.EmptyAt(ContactRules.AttemptsWidth));
        foreach (var item in state.Remembered)
        {
            if (item.Content is not null) last = Later(last, item.At + Moment.Of(rules.DedupeRetention));
            if (item.Key is not null) last = Later(last, item.At + Moment.Of(rules.IdempotencyRetention));
            if (item.Ending is not null) last = Later(last, item.Ending.At + Retention.EndingMilliseconds);
        }
        return last;
    }

    private static ImmutableArray<Remembered> Fresh(ImmutableArray<Remembered> remembered, Remembered? added, ContactRules rules, long now)
    {
        var endings = added?.Ending is null ? 0 : 1;
        foreach (var item in remembered) endings += item.Ending is null ? 0 : 1;
        var changed = false;
        var kept = ImmutableArray.CreateBuilder<Remembered>(remembered.Length + 1);
        foreach (var item in remembered)
        {
            var fresh = item.Fresh(rules, now, keepEnding: endings <= Retention.MaxEndings);
            if (item.Ending is not null && fresh?.Ending is null) endings--;
            if (fresh is not null) kept.Add(fresh);
            changed |= !ReferenceEquals(fresh, item);
        }
        if (added?.Fresh(rules, now, keepEnding: true) is { } last) kept.Add(last);
        if (kept.Count > rules.MaxRemembered)
        {
            DropOldest(kept, rules.MaxRemembered, repeats: true);
            DropOldest(kept, rules.MaxRemembered, repeats: false);
        }
        return changed || added is not null || kept.Count != remembered.Length ? kept.DrainToImmutable() : remembered;
    }

    private static void DropOldest(ImmutableArray<Remembered>.Builder kept, int most, bool repeats)
    {
        var tooMany = kept.Count(item => item.IsRepeat == repeats) - most;
        for (var at = 0; tooMany > 0; at++)
        {
            if (kept[at].IsRepeat != repeats) continue;
            kept.RemoveAt(at--);
            tooMany--;
        }
    }

    private static long? Later(long? one, long? other) => one is null || other > one ? other : one;
}
