using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>The machine's clock is set forward by more than a lease while an upload is on its way from its claim to its sender.</summary>
public sealed class ClockJumpTests : GatewayAtScript
{
    private readonly List<UploadId> _claimed = [];

    [Fact]
    public async Task A_claim_that_looks_lapsed_before_its_upload_is_sent_is_not_taken_over_by_a_runner_of_this_node()
    {
        var before = Gateway.UploadAsync("bob", "brings a permit");
        await PassTimeUntilAsync(() => before.IsCompleted);
        await Eventually.HoldsAsync("a permit is at hand", async () =>
        {
            var gate = Gateway.Get<ITokenGate>();
            if (gate.PermitsAtHand > 0) return null;
            var taken = gate.TakeAsync(CancellationToken.None).AsTask();
            await PassTimeUntilAsync(() => taken.IsCompleted);
            return "its lease is over already";
        });
        _claimed.Clear();
        // No time passes on its way to the claim: without a permit Admit claims nothing.
        var upload = Gateway.UploadAsync("ada", "hello");
        await Eventually.TrueAsync(() => _claimed.Count > 0);
        await PassTimeUntilAsync(() => upload.IsCompleted && Gateway.Get<Deliveries>().Running == 0);
        Assert.Equal((await upload).Id, Assert.Single(_claimed).ToString());
        Assert.Single(Route.Asked, row => row.ContactId is "ada");
    }

    private protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddSingleton<IActors<ContactCommand, ContactReply>>(s => new JumpAfterClaim(this, s));
    }

    /// <summary>What the pump does when a claim has run out by the store's clock, in the moment between Admit's turn and the start of its sender.</summary>
    private async Task JumpAsync()
    {
        Clock.Now += TimeSpan.FromMinutes(10);
        Gateway.Get<Deliveries>().Due("ada");
        await Eventually.TrueAsync(() => Gateway.Get<Deliveries>().Running == 0);
    }

    private sealed class JumpAfterClaim(ClockJumpTests test, IServiceProvider services) : IActors<ContactCommand, ContactReply>
    {
        private readonly StoredEngine<ContactState, ContactCommand, ContactReply> _engine = new(
            services.GetRequiredService<ContactActor>(), services.GetRequiredService<IActorStore>(), services.GetServices<IRecordObserver>(), test.Clock, new StoredEngineOptions(), services.GetRequiredService<DueSignal>());

        public async ValueTask<ContactReply> AskAsync(string key, ContactCommand command, ReadOnlySequence<byte> smallFile = default, CancellationToken cancellationToken = default)
        {
            var reply = await _engine.AskAsync(key, command, smallFile, cancellationToken);
            if (reply is not ContactReply.Admitted { Claim: { } claim }) return reply;
            test._claimed.Add(claim.Id);
            await test.JumpAsync();
            return reply;
        }
    }
}
