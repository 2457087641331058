using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tests.Contacts;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests;

/// <summary>States that earlier releases stored are read for ever, and mean what they meant.</summary>
public sealed class SchemaSampleTests
{
    [Fact]
    public void A_contact_of_schema_1_means_what_it_meant()
    {
        var actor = new ContactActor(new ContactRules());
        var state = actor.Read(1, SchemaSamples.Read("contact-1.bin", () => actor.Bytes(SchemaSamples.Contact())));
        var admitted = SchemaSamples.Start.AddMinutes(10).ToUnixTimeMilliseconds();

        Assert.Equal([ContactDriver.Id(2), ContactDriver.Id(3)], state.Line.Select(entry => entry.Id));
        var head = state.Line[0];
        Assert.Equal((3, 100, admitted, 1, 1, admitted + 30_000), (head.Sequence, head.Size, head.AdmittedAt, head.Attempts, head.CountedAttempts, head.NotBefore));
        Assert.Equal((ContactDriver.Print(2), ContactDriver.Print(102), ContactDriver.Print(72)), (head.Content, head.Body, head.Key!.Value));
        Assert.Equal(new HeldClaim(new UploadId(1004), "node", 4, admitted + 41_000), head.Claim);
        Assert.Equal(new Answered(3, UploadStatus.Queued, 2, admitted + 30_000, admitted), head.LastAnswer);
        Assert.Equal([ContactDriver.Id(4), ContactDriver.Id(1), ContactDriver.Id(5)], state.Remembered.Select(item => item.Id));
        Assert.Equal([null, ContactDriver.Print(1), null], state.Remembered.Select(item => item.Content));
        Assert.Equal([null, ContactDriver.Print(71), ContactDriver.Print(75)], state.Remembered.Select(item => item.Key));
        Assert.Equal([UploadStatus.Failed, UploadStatus.Delivered, null], state.Remembered.Select(item => item.Ending?.Status));
        Assert.Equal(ContactDriver.Id(1), state.Remembered[2].DuplicateOf);
        Assert.Equal([ContactDriver.Id(5), ContactDriver.Id(6)], state.Turned.ToArray());
        Assert.Equal((3, 300, 6), (state.Files.Counters.Sum(one => one.Amount), state.Bytes.Counters.Sum(one => one.Amount), state.Attempts.Counters.Sum(one => one.Amount)));
        Assert.Equal((5, 5), (state.NextSequence, state.NextFence));
    }

    [Fact]
    public void A_token_of_schema_2_keeps_Genesys_own_count_and_each_leases_interval()
    {
        var actor = new TokenActor(new TokenRules());
        var state = actor.Read(2, SchemaSamples.Read("token-2.bin", () => actor.Bytes(SchemaSamples.Token())));

        Assert.Equal((1, 2), (state.Version, state.Refresh!.Fence));
        // Three of the hundred are in the other node's lease.
        Assert.Equal(new RateWindow(180, 97, SchemaSamples.Start.UtcTicks + (40 * TimeSpan.TicksPerSecond)), state.Rate);
        Assert.Equal("node-a node-b", string.Join(' ', state.Grants.Select(grant => grant.Node)));
        Assert.Equal([(622 * TimeSpan.TicksPerSecond / 10 + 290) / 291, (622 * TimeSpan.TicksPerSecond / 10 + 174) / 175], state.Grants.Select(grant => grant.Interval));
    }

    [Fact]
    public void A_token_of_schema_1_means_what_it_meant()
    {
        var actor = new TokenActor(new TokenRules());
        var state = actor.Read(1, SchemaSamples.Read("token-1.bin", () => actor.Bytes(SchemaSamples.Token())));
        var start = SchemaSamples.Start.UtcTicks;

        Assert.Equal((1, 0, start + TimeSpan.TicksPerHour, TimeSpan.TicksPerHour), (state.Version, state.Token.Length, state.ExpiresAt, state.Life));
        Assert.Equal((new HeldRefresh(2, start + (15 * TimeSpan.TicksPerSecond)), 3), (state.Refresh, state.NextFence));
        Assert.Equal((start + TimeSpan.TicksPerMinute, TimeSpan.TicksPerMinute, 0), (state.PausedUntil, state.Pause, state.RefreshNotBefore));
        Assert.Equal("node-a node-b", string.Join(' ', state.Grants.Select(grant => grant.Node)));
        Assert.Equal((3, 3, 0, 5), (state.Grants[0].Permits, state.Grants[0].Waiting, state.Grants[1].Permits, state.Grants[1].Waiting));
        // Of a burst of ten, three are given: the fourth falls due six intervals ago.
        Assert.Equal(start - (6 * ((62 * TimeSpan.TicksPerSecond + 290) / 291)), state.NextPermit);
    }
}
