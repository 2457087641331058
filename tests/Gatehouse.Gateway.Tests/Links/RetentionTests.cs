using Gatehouse.Actors;
using Gatehouse.Gateway.Health;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Links;

public sealed class RetentionTests : GatewayWithLinks
{
    [Fact]
    public async Task Bytes_outlive_their_delivery_and_a_restart_and_go_when_the_link_has_expired()
    {
        var links = new List<(string Path, string Text)>();
        foreach (var size in Sizes)
        {
            var (answer, path) = await LinkedAsync(Text(size));
            Assert.Equal("delivered", answer.State);
            links.Add((path, Text(size)));
        }
        await RestartAsync();
        Clock.Now += TimeSpan.FromHours(167);
        Assert.Equal(0, (await SweepAsync()).Files);
        foreach (var (path, text) in links) await AssertGivesAsync(path, text);
        Assert.Equal(Sizes.Sum(), Gateway.Get<StoredBytesGuard>().Bytes);

        Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(Sizes.Length, (await SweepAsync()).Files);
        foreach (var (path, _) in links) Assert.StartsWith("403\n", await ToldAsync(path), StringComparison.Ordinal);
        await Gateway.Get<StoredBytesGuard>().CountAsync(CancellationToken.None);
        Assert.Equal(0, Gateway.Get<StoredBytesGuard>().Bytes);
    }

    [Fact]
    public async Task A_link_of_an_earlier_attempt_keeps_working_beside_that_of_a_later_one()
    {
        var answers = new Queue<RouteOutcome>([new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: true, RetryAfter: null, "The reply was lost."), new RouteOutcome.Sent(null)]);
        Route.Answer = _ => answers.Dequeue();
        var upload = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.HoldsAsync("it is delivered", async () =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            var state = (await Gateway.GetAsync(upload.Location)).State;
            return state is "delivered" ? null : state;
        });
        Assert.Equal(2, Route.Made.Count);
        foreach (var (_, link) in Route.Made) await AssertGivesAsync(Path(link), "hello");
    }

    [Fact]
    public async Task A_link_to_an_upload_that_failed_works_as_long_as_its_bytes_are_kept()
    {
        Route.Answer = _ => new RouteOutcome.Refused(RefusedBecause.Other, "No.");
        await Gateway.UploadAsync("ada", "hello");
        var path = Path(Route.Last);
        await AssertGivesAsync(path, "hello");
        Clock.Now += TimeSpan.FromHours(73);
        Assert.Equal(1, (await SweepAsync()).Files);
        Assert.StartsWith("403\n", await ToldAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_stored_bytes_are_others_than_were_received_is_given_to_nobody()
    {
        var (answer, path) = await LinkedAsync(Text(700_000));
        Assert.True(UploadId.TryParse(answer.Id, out var id));
        using (var other = Gateway.Get<Storage.Spool>().Begin())
        {
            other.Append(new byte[700_000]);
            await Gateway.Get<IBlobStore>().PutAsync(id, other, CancellationToken.None);
        }
        Assert.StartsWith("403\n", await ToldAsync(path), StringComparison.Ordinal);
    }
}
