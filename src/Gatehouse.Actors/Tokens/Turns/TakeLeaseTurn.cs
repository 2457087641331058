using System.Collections.Immutable;
using System.Text;

namespace Gatehouse.Actors.Tokens;

internal static class TakeLeaseTurn
{
    public static TokenTurn Run(TokenRules rules, Budget configured, TokenState state, TakeLease command, long now)
    {
        if (Encoding.UTF8.GetByteCount(command.Node) > Grant.MaxNodeBytes) throw new ArgumentException($"A node's id has at most {Grant.MaxNodeBytes} bytes.", nameof(command));
        var budget = RateCorrection.For(rules, configured, state);
        foreach (var had in state.Grants)
        {
            if (had.Request == command.Request) return state.Reply(Lease(budget, state, had));
        }
        var next = Refreshing.Claim(rules, state, now, out var refreshFence);
        var waiting = Math.Max(0, command.Waiting);
        var (permits, first) = Permits(budget, next, command.Node, waiting, refreshFence, now);
        var paid = first + (permits * budget.Interval);
        var grant = new Grant(command.Node, command.Request, now, waiting, permits, first, refreshFence, AskAgain(budget, next, refreshFence, waiting, permits, paid, now), budget.Interval);
        // Without a budget there is nothing to give twice: only a refresh is worth a save.
        if (budget.Unlimited && refreshFence == 0) return next.Reply(Lease(budget, next, grant));
        next = next with
        {
            NextPermit = permits > 0 ? paid : next.NextPermit,
            Rate = next.Rate is { } rate ? rate with { Left = rate.Left - permits } : null,
            Grants = With(next.Grants, grant, 2 * budget.Lease),
        };
        return next.Reply(Lease(budget, next, grant));
    }

    /// <summary>
    /// Only for calls that wait, only where there is a token to make them with or this node is to get one, none while paused, no more than Genesys' own count leaves; when several nodes wait, to each its part of the
    /// lease's time.
    /// </summary>
    private static (int Permits, long First) Permits(Budget budget, TokenState state, string node, int waiting, long refreshFence, long now)
    {
        if (budget.Unlimited || waiting == 0 || (refreshFence == 0 && !state.HasToken(now)) || state.PausedUntil > now) return (0, now);
        var next = budget.Next(state, now);
        var due = budget.Due(next, now);
        var nodes = 1;
        foreach (var other in state.Grants)
        {
            if (other.Waiting > 0 && other.At + budget.Lease > now && !string.Equals(other.Node, node, StringComparison.Ordinal)) nodes++;
        }
        // A part is never nothing while a permit is due: a small budget shared by many nodes must not stop.
        var part = nodes == 1 ? due : Math.Max(1, budget.Lease / budget.Interval / nodes);
        return ((int)Math.Min(Math.Min(Math.Min(due, part), waiting), state.Rate?.Left ?? int.MaxValue), next);
    }

    /// <summary>When the next ask can bring more; an eighth of a lease is the soonest, so that waiting costs few turns.</summary>
    private static long AskAgain(Budget budget, TokenState state, long refreshFence, int waiting, int permits, long paid, long now)
    {
        var end = now + budget.Lease;
        var soonest = now + (budget.Lease / 8);
        if (refreshFence > 0) return end;
        if (!state.HasToken(now)) return Math.Clamp(state.RefreshNotBefore, soonest, end);
        if (state.PausedUntil > now) return Math.Clamp(state.PausedUntil, soonest, end);
        if (budget.Unlimited || waiting <= permits) return end;
        if (state.Rate is { } rate && rate.Left == permits) return Math.Clamp(rate.EndsAt, soonest, end);
        // Some of it given: when that is used. None: when the next permit comes within a lease's reach.
        return Math.Clamp(permits > 0 ? paid - budget.Interval : paid - budget.Lease, soonest, end);
    }

    private static ImmutableArray<Grant> With(ImmutableArray<Grant> grants, Grant grant, long keep)
    {
        var kept = ImmutableArray.CreateBuilder<Grant>(grants.Length + 1);
        foreach (var old in grants)
        {
            if (old.At + keep > grant.At && !string.Equals(old.Node, grant.Node, StringComparison.Ordinal)) kept.Add(old);
        }
        kept.Add(grant);
        while (kept.Count > Grant.MaxNodes) kept.RemoveAt(0);
        return kept.DrainToImmutable();
    }

    private static TokenReply.Lease Lease(Budget budget, TokenState state, Grant grant)
    {
        var paused = state.PausedUntil > grant.At;
        var mine = grant.RefreshFence > 0 && state.Refresh?.Fence == grant.RefreshFence;
        return new TokenReply.Lease(
            Clock.Of(grant.At),
            Clock.Of(grant.At + budget.Lease),
            state.HasToken(grant.At) ? state.Token : default,
            state.Version,
            Clock.Of(state.ExpiresAt),
            budget.Unlimited,
            budget.Unlimited && !paused ? int.MaxValue : grant.Permits,
            Clock.Of(grant.FirstPermit),
            // Schema 1 kept none, and knew one budget.
            TimeSpan.FromTicks(grant.Interval > 0 ? grant.Interval : budget.Interval),
            paused ? Clock.Of(state.PausedUntil) : null,
            mine ? grant.RefreshFence : null,
            Clock.Of(grant.AskAgainAt));
    }
}
