namespace Gatehouse.Actors.Contacts;

/// <summary>The contact's quotas: what is used, and what a refusal for one says.</summary>
internal static class Quotas
{
    public const string AttemptsName = "attempts";

    public static QuotaUse Files(ContactRules rules, ContactState state, long now, long amount = 1) =>
        Use("files", state.Files, rules.MaxFiles, RollingCount.WidthOf(rules.Window), now, amount);

    public static QuotaUse Bytes(ContactRules rules, ContactState state, long now, long amount = 1) =>
        Use("bytes", state.Bytes, rules.MaxBytes, RollingCount.WidthOf(rules.Window), now, amount);

    public static QuotaUse Attempts(ContactRules rules, ContactState state, long now) =>
        Use(AttemptsName, state.Attempts, rules.MaxAttempts, ContactRules.AttemptsWidth, now, 1);

    /// <summary>A full line moves when its head's claim or back-off ends; a head that may go now is given a second.</summary>
    public static QuotaUse Line(ContactRules rules, ContactState state, long now) =>
        new("line", rules.MaxLine, state.Line.Length, Moment.Of(Math.Max(now + 1000, state.HeadFreeAt())));

    /// <summary>The first quota that does not hold one file of <paramref name="size"/> bytes more; null when all do.</summary>
    public static QuotaUse? Refusal(ContactRules rules, ContactState state, long size, long now)
    {
        if (state.Line.Length >= rules.MaxLine) return Line(rules, state, now);
        if (state.Files.Used(now, RollingCount.WidthOf(rules.Window)) + 1 > rules.MaxFiles) return Files(rules, state, now);
        if (state.Bytes.Used(now, RollingCount.WidthOf(rules.Window)) + size > rules.MaxBytes) return Bytes(rules, state, now, size);
        return null;
    }

    public static bool AttemptsUsedUp(ContactRules rules, ContactState state, long now) =>
        state.Attempts.Used(now, ContactRules.AttemptsWidth) >= rules.MaxAttempts;

    /// <summary>Counts an attempt that leaves no entry. A re-run finds its id and does not count again.</summary>
    public static ContactState WithTurned(this ContactState state, UploadId id, long now)
    {
        if (state.Turned.Contains(id)) return state;
        var turned = state.Turned.Length >= Retention.MaxTurned ? state.Turned.RemoveAt(0) : state.Turned;
        return state with { Attempts = state.Attempts.Add(now, ContactRules.AttemptsWidth, 1, out _), Turned = turned.Add(id) };
    }

    /// <summary>An upload that ended without delivery costs neither a file nor bytes.</summary>
    public static ContactState GivenBack(this ContactState state, LineEntry entry) =>
        state with { Files = state.Files.GiveBack(entry.CountedIn, 1), Bytes = state.Bytes.GiveBack(entry.CountedIn, entry.Size) };

    private static QuotaUse Use(string quota, RollingCount count, long limit, long width, long now, long amount) =>
        new(quota, limit, count.Used(now, width), Moment.Of(count.FitsAt(now, width, limit, amount)));
}
