using System.Collections.Immutable;
using Gatehouse.Actors.Codec;

namespace Gatehouse.Actors.Contacts;

internal static partial class ContactCodec
{
    // The fewest bytes that one item takes: its 128-bit values, and one byte a number.
    private const int LeastCounter = 2;
    private const int LeastEntry = 1 + (3 * 16) + 4;
    private const int LeastRemembered = 1 + 16 + 2;

    private static RollingCount ReadCount(ref StateReader reader, long origin)
    {
        var count = reader.Count(RollingCount.MaxCounters, LeastCounter);
        if (count == 0) return RollingCount.Empty;
        var counters = ImmutableArray.CreateBuilder<Counter>(count);
        for (var i = 0; i < count; i++) counters.Add(new Counter(Time(ref reader, origin), reader.Number()));
        return new RollingCount(counters.MoveToImmutable());
    }

    private static ImmutableArray<UploadId> ReadTurned(ref StateReader reader)
    {
        var count = reader.Count(Retention.MaxTurned, 16);
        var turned = ImmutableArray.CreateBuilder<UploadId>(count);
        for (var i = 0; i < count; i++) turned.Add(new UploadId(reader.Wide()));
        return turned.MoveToImmutable();
    }

    private static ImmutableArray<LineEntry> ReadLine(ref StateReader reader, long origin)
    {
        var count = reader.Count(MaxLine, LeastEntry);
        var line = ImmutableArray.CreateBuilder<LineEntry>(count);
        for (var i = 0; i < count; i++) line.Add(ReadEntry(ref reader, origin));
        return line.MoveToImmutable();
    }

    private static LineEntry ReadEntry(ref StateReader reader, long origin)
    {
        var has = (EntryParts)reader.Byte();
        if ((has & ~EntryParts.All) != EntryParts.None) throw reader.Damaged("holds an unknown part");
        var id = new UploadId(reader.Wide());
        var sequence = reader.Number();
        var size = reader.Number();
        var admittedAt = Time(ref reader, origin);
        var countedIn = Time(ref reader, origin);
        var content = new Fingerprint(reader.Wide());
        var body = new Fingerprint(reader.Wide());
        Fingerprint? key = has.HasFlag(EntryParts.Key) ? new Fingerprint(reader.Wide()) : null;
        var tried = has.HasFlag(EntryParts.Attempts);
        return new LineEntry
        {
            Id = id,
            Sequence = sequence,
            Size = size,
            AdmittedAt = admittedAt,
            CountedIn = countedIn,
            Content = content,
            Body = body,
            Key = key,
            Attempts = tried ? reader.Small() : 0,
            CountedAttempts = tried ? reader.Small() : 0,
            NotBefore = tried ? Time(ref reader, origin) : admittedAt,
            WaitsForRoute = has.HasFlag(EntryParts.WaitsForRoute),
            OutcomeUnknown = has.HasFlag(EntryParts.OutcomeUnknown),
            Claim = has.HasFlag(EntryParts.Claim)
                ? new HeldClaim(new UploadId(reader.Wide()), reader.Text(HeldClaim.MaxOwnerBytes), reader.Number(), Time(ref reader, origin))
                : null,
            LastAnswer = has.HasFlag(EntryParts.LastAnswer) ? ReadAnswered(ref reader, origin) : null,
        };
    }

    private static ImmutableArray<Remembered> ReadRemembered(ref StateReader reader, long origin)
    {
        var count = reader.Count(MaxRemembered, LeastRemembered);
        var remembered = ImmutableArray.CreateBuilder<Remembered>(count);
        for (var i = 0; i < count; i++)
        {
            var has = (RememberedParts)reader.Byte();
            if ((has & ~RememberedParts.All) != RememberedParts.None) throw reader.Damaged("holds an unknown part");
            var id = new UploadId(reader.Wide());
            var sequence = reader.Number();
            var at = Time(ref reader, origin);
            Fingerprint? content = has.HasFlag(RememberedParts.Content) ? new Fingerprint(reader.Wide()) : null;
            Fingerprint? key = has.HasFlag(RememberedParts.Key) ? new Fingerprint(reader.Wide()) : null;
            var body = key is null ? default : new Fingerprint(reader.Wide());
            UploadId? first = has.HasFlag(RememberedParts.DuplicateOf) ? new UploadId(reader.Wide()) : null;
            var ending = has.HasFlag(RememberedParts.Ending) ? ReadAnswered(ref reader, origin) : null;
            remembered.Add(new Remembered(id, sequence, at, content, key, body, first, ending));
        }
        return remembered.MoveToImmutable();
    }

    private static Answered ReadAnswered(ref StateReader reader, long origin)
    {
        var packed = reader.Number();
        var status = (UploadStatus)(packed >> 1);
        if (!Enum.IsDefined(status)) throw reader.Damaged("holds an unknown status");
        return new Answered(reader.Number(), status, reader.Small(), At: Time(ref reader, origin), HeadNotBefore: (packed & 1) == 1 ? Time(ref reader, origin) : null);
    }

    /// <summary>A time that the calendar holds; a sum that overflows is none.</summary>
    private static long Time(ref StateReader reader, long origin)
    {
        var time = unchecked(origin + reader.Signed());
        return time is >= 0 and <= 253_402_300_799_999 ? time : throw reader.Damaged("holds a time outside the calendar");
    }
}
