using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Gatehouse.Actors.Codec;

namespace Gatehouse.Actors.Tokens;

/// <summary>A token actor's state as bytes, schema 2: with Genesys' own count before the leases, and each lease's interval.</summary>
internal static class TokenCodec
{
    public const int Schema = 2;

    private const int HeaderBytes = 17 * StateWriter.MaxNumber;
    private const int GrantBytes = 16 + (9 * StateWriter.MaxNumber);
    private const int LeastGrant = 16 + 7;

    public static void Write(TokenState state, IBufferWriter<byte> output)
    {
        var most = HeaderBytes + StateWriter.ChecksumLength + state.Token.Length;
        foreach (var grant in state.Grants) most += GrantBytes + Encoding.UTF8.GetByteCount(grant.Node);
        var writer = new StateWriter(output.GetSpan(most));
        writer.Number(state.Version);
        writer.Bytes(state.Token.Span);
        writer.Number(state.ExpiresAt);
        writer.Number(state.Life);
        writer.Number(state.NextFence);
        // Fences start at 1.
        writer.Number(state.Refresh?.Fence ?? 0);
        if (state.Refresh is { } refresh) writer.Number(refresh.Until);
        writer.Number(state.RefreshNotBefore);
        writer.Number(state.PausedUntil);
        writer.Number(state.Pause);
        // Ahead of the epoch only by a burst of an untouched state.
        writer.Number(Math.Max(0, state.NextPermit));
        // What Genesys allows is never nothing.
        writer.Number(state.Rate?.Allowed ?? 0);
        if (state.Rate is { } rate)
        {
            writer.Number(rate.Left);
            writer.Number(rate.EndsAt);
        }
        writer.Number(state.Grants.Length);
        foreach (var grant in state.Grants)
        {
            writer.Text(grant.Node);
            writer.Wide(grant.Request.Value);
            writer.Number(grant.At);
            writer.Number(grant.Waiting);
            writer.Number(grant.Permits);
            writer.Signed(grant.FirstPermit - grant.At);
            writer.Number(grant.RefreshFence);
            writer.Signed(grant.AskAgainAt - grant.At);
            writer.Number(grant.Interval);
        }
        output.Advance(writer.Seal());
    }

    public static TokenState Read(int schema, ReadOnlySpan<byte> input)
    {
        var reader = new StateReader("token", input);
        var state = new TokenState
        {
            Version = reader.Number(),
            Token = reader.Bytes(TokenState.MaxTokenBytes).ToArray(),
            ExpiresAt = Time(ref reader, 0),
            Life = Time(ref reader, 0),
            NextFence = reader.Number(),
            Refresh = reader.Number() is > 0 and var fence ? new HeldRefresh(fence, Time(ref reader, 0)) : null,
            RefreshNotBefore = Time(ref reader, 0),
            PausedUntil = Time(ref reader, 0),
            Pause = Time(ref reader, 0),
            NextPermit = Time(ref reader, 0),
            Rate = schema > 1 && reader.Small() is > 0 and var allowed ? new RateWindow(allowed, reader.Small(), Time(ref reader, 0)) : null,
            Grants = ReadGrants(schema, ref reader),
        };
        reader.End();
        return state;
    }

    private static ImmutableArray<Grant> ReadGrants(int schema, ref StateReader reader)
    {
        var count = reader.Count(Grant.MaxNodes, LeastGrant);
        var grants = ImmutableArray.CreateBuilder<Grant>(count);
        for (var i = 0; i < count; i++)
        {
            var node = reader.Text(Grant.MaxNodeBytes);
            var request = new UploadId(reader.Wide());
            var at = Time(ref reader, 0);
            grants.Add(new Grant(node, request, at, reader.Small(), reader.Small(), SignedTime(ref reader, at), reader.Number(), SignedTime(ref reader, at), schema > 1 ? reader.Number() : 0));
        }
        return grants.MoveToImmutable();
    }

    private static long Time(ref StateReader reader, long origin) => Checked(ref reader, unchecked(origin + reader.Number()));

    private static long SignedTime(ref StateReader reader, long origin) => Checked(ref reader, unchecked(origin + reader.Signed()));

    private static long Checked(ref StateReader reader, long time) =>
        time >= 0 && time <= DateTimeOffset.MaxValue.Ticks ? time : throw reader.Damaged("holds a time outside the calendar");
}
