using Gatehouse.Actors.Codec;

namespace Gatehouse.Actors.Contacts;

internal static partial class ContactCodec
{
    private static void Write(ref StateWriter writer, RollingCount count, long origin)
    {
        writer.Number(count.Counters.Length);
        foreach (var counter in count.Counters)
        {
            writer.Signed(counter.Start - origin);
            writer.Number(counter.Amount);
        }
    }

    private static void Write(ref StateWriter writer, LineEntry entry, long origin)
    {
        var has = EntryParts.None;
        if (entry.Key is not null) has |= EntryParts.Key;
        if (entry.Attempts > 0 || entry.NotBefore != entry.AdmittedAt) has |= EntryParts.Attempts;
        if (entry.WaitsForRoute) has |= EntryParts.WaitsForRoute;
        if (entry.OutcomeUnknown) has |= EntryParts.OutcomeUnknown;
        if (entry.Claim is not null) has |= EntryParts.Claim;
        if (entry.LastAnswer is not null) has |= EntryParts.LastAnswer;
        writer.Byte((byte)has);
        writer.Wide(entry.Id.Value);
        writer.Number(entry.Sequence);
        writer.Number(entry.Size);
        writer.Signed(entry.AdmittedAt - origin);
        writer.Signed(entry.CountedIn - origin);
        writer.Wide(entry.Content.Value);
        writer.Wide(entry.Body.Value);
        if (entry.Key is { } key) writer.Wide(key.Value);
        if (has.HasFlag(EntryParts.Attempts))
        {
            writer.Number(entry.Attempts);
            writer.Number(entry.CountedAttempts);
            writer.Signed(entry.NotBefore - origin);
        }
        if (entry.Claim is { } claim)
        {
            writer.Wide(claim.Attempt.Value);
            writer.Text(claim.Owner);
            writer.Number(claim.Fence);
            writer.Signed(claim.LeaseUntil - origin);
        }
        if (entry.LastAnswer is { } answer) Write(ref writer, answer, origin);
    }

    private static void Write(ref StateWriter writer, Remembered item, long origin)
    {
        var has = RememberedParts.None;
        if (item.Content is not null) has |= RememberedParts.Content;
        if (item.Key is not null) has |= RememberedParts.Key;
        if (item.DuplicateOf is not null) has |= RememberedParts.DuplicateOf;
        if (item.Ending is not null) has |= RememberedParts.Ending;
        writer.Byte((byte)has);
        writer.Wide(item.Id.Value);
        writer.Number(item.Sequence);
        writer.Signed(item.At - origin);
        if (item.Content is { } content) writer.Wide(content.Value);
        if (item.Key is { } key)
        {
            writer.Wide(key.Value);
            writer.Wide(item.Body.Value);
        }
        if (item.DuplicateOf is { } first) writer.Wide(first.Value);
        if (item.Ending is { } ending) Write(ref writer, ending, origin);
    }

    private static void Write(ref StateWriter writer, Answered answer, long origin)
    {
        // The lowest bit says whether a time of the head follows.
        writer.Number(((long)answer.Status << 1) | (answer.HeadNotBefore is null ? 0L : 1L));
        writer.Number(answer.Fence);
        writer.Number(answer.Waiting);
        writer.Signed(answer.At - origin);
        if (answer.HeadNotBefore is { } at) writer.Signed(at - origin);
    }

    [Flags]
    private enum EntryParts : byte
    {
        None = 0,
        Key = 1,
        Attempts = 2,
        WaitsForRoute = 4,
        OutcomeUnknown = 8,
        Claim = 16,
        LastAnswer = 32,
        All = 63,
    }

    [Flags]
    private enum RememberedParts : byte
    {
        None = 0,
        Content = 1,
        Key = 2,
        DuplicateOf = 4,
        Ending = 8,
        All = 15,
    }
}
