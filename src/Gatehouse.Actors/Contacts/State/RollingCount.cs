using System.Collections.Immutable;

namespace Gatehouse.Actors.Contacts;

/// <summary>What was used in a counter's time, which begins at <paramref name="Start"/>.</summary>
public readonly record struct Counter(long Start, long Amount);

/// <summary>
/// A rolling window in at most 24 counters, each a 23rd of the window wide. A counter is held until its last moment is a whole window old, 24 widths after its start: so the sum never misses
/// a use inside any window, and forgets none later than one width too late. Empty counters are not kept.
/// </summary>
public readonly record struct RollingCount(ImmutableArray<Counter> Counters)
{
    public const int MaxCounters = 24;

    public static readonly RollingCount Empty = new([]);

    public bool IsEmpty => Counters.Length == 0;

    /// <summary>A counter's width for a window, both in milliseconds: rounded up, so that 23 widths never fall short of it.</summary>
    public static long WidthOf(TimeSpan window) => Math.Max(1, (Moment.Of(window) + MaxCounters - 2) / (MaxCounters - 1));

    public long Used(long now, long width)
    {
        long used = 0;
        foreach (var counter in Counters)
        {
            if (now < LeavesAt(counter, width)) used += counter.Amount;
        }
        return used;
    }

    /// <summary>When <paramref name="amount"/> more fits under the limit; now when it does already, and when the window is empty for what never fits.</summary>
    public long FitsAt(long now, long width, long limit, long amount)
    {
        var over = Used(now, width) + amount - limit;
        var at = now;
        foreach (var counter in Counters)
        {
            if (over <= 0) break;
            if (now >= LeavesAt(counter, width)) continue;
            over -= counter.Amount;
            at = LeavesAt(counter, width);
        }
        return at;
    }

    /// <summary>When the last of it has left the window; null when it is empty.</summary>
    public long? EmptyAt(long width) => IsEmpty ? null : LeavesAt(Counters[^1], width);

    /// <summary>Adds to now's counter, and drops what has left the window. <paramref name="start"/>: the counter that took it.</summary>
    public RollingCount Add(long now, long width, long amount, out long start)
    {
        start = now - (now % width);
        var kept = ImmutableArray.CreateBuilder<Counter>(MaxCounters + 1);
        foreach (var counter in Counters)
        {
            if (now < LeavesAt(counter, width)) kept.Add(counter);
        }
        if (kept.Count > 0 && kept[^1].Start >= start)
        {
            start = kept[^1].Start;
            kept[^1] = new Counter(start, kept[^1].Amount + amount);
        }
        else
        {
            kept.Add(new Counter(start, amount));
        }
        // Only after the window's length was changed can there be more: the two oldest become one that leaves with the younger.
        for (; kept.Count > MaxCounters; kept.RemoveAt(0)) kept[1] = new Counter(kept[1].Start, kept[0].Amount + kept[1].Amount);
        return new RollingCount(kept.DrainToImmutable());
    }

    /// <summary>Takes an amount out of the counter that took it; nothing when that has left the window.</summary>
    public RollingCount GiveBack(long start, long amount)
    {
        for (var i = 0; i < Counters.Length; i++)
        {
            if (Counters[i].Start != start) continue;
            var left = Counters[i].Amount - amount;
            return new RollingCount(left > 0 ? Counters.SetItem(i, new Counter(start, left)) : Counters.RemoveAt(i));
        }
        return this;
    }

    public RollingCount Prune(long now, long width)
    {
        var gone = 0;
        while (gone < Counters.Length && now >= LeavesAt(Counters[gone], width)) gone++;
        return gone == 0 ? this : new RollingCount(Counters.RemoveRange(0, gone));
    }

    /// <summary>After the clock was set back: what was counted in a time to come is counted now, so that it leaves a window from now.</summary>
    public RollingCount Restamp(long now, long width)
    {
        if (IsEmpty || Counters[^1].Start <= now) return this;
        var past = Counters.Length;
        long ahead = 0;
        while (past > 0 && Counters[past - 1].Start > now) ahead += Counters[--past].Amount;
        return new RollingCount(Counters.RemoveRange(past, Counters.Length - past)).Add(now, width, ahead, out _);
    }

    private static long LeavesAt(Counter counter, long width) => counter.Start + (MaxCounters * width);
}
