using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Delivery;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>A claim is renewed while its attempt lasts, and cut before its lease ends when it cannot be.</summary>
public sealed class LeaseKeeperTests : IAsyncDisposable
{
    private readonly ManualTime _clock = new();
    private readonly ScriptedContacts _contacts = new();
    private readonly LeaseKeeper _keeper;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _paused;

    public LeaseKeeperTests()
    {
        _keeper = new LeaseKeeper(_contacts, new ContactRules(), TimeSpan.FromSeconds(60), () => Volatile.Read(ref _paused), _clock);
        _running = _keeper.RunAsync(_stop.Token);
    }

    [Fact]
    public async Task A_claim_is_renewed_at_half_its_lease_again_and_again()
    {
        using var held = Hold();
        for (var renewals = 0; renewals < 4;)
        {
            _clock.Advance(TimeSpan.FromSeconds(4.5));
            Assert.Equal(renewals++, _contacts.Renewals);
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            await Eventually.TrueAsync(() => _contacts.Renewals == renewals);
        }
        Assert.False(held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Who_cannot_renew_is_cut_off_a_second_before_the_lease_ends()
    {
        _contacts.Fails = true;
        using var held = Hold();
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => _contacts.Renewals > 0);
        var tried = _contacts.Renewals;
        _clock.Advance(TimeSpan.FromSeconds(3));
        await Eventually.TrueAsync(() => _contacts.Renewals > tried);
        Assert.False(held.Lost.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_lease_is_counted_from_before_its_claim_was_asked_for()
    {
        _contacts.Fails = true;
        var asked = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(8.5));
        using var held = _keeper.Hold("ada", UploadId.New(), 1, asked, callsApi: true, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        await Eventually.TrueAsync(() => held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task An_attempt_that_takes_longer_than_it_may_is_cut_off_though_its_claim_holds()
    {
        using var held = Hold();
        for (var renewals = 1; renewals <= 11; renewals++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Eventually.TrueAsync(() => _contacts.Renewals == renewals);
        }
        Assert.False(held.TimedOut);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => held.Cut.IsCancellationRequested);
        Assert.True(held.TimedOut);
        // Its outcome is still to be recorded, however many tries that takes.
        Assert.False(held.Lost.IsCancellationRequested);
        await Eventually.TrueAsync(() => _contacts.Renewals == 12);
        _contacts.Reply = ContactReply.Void.Instance;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_the_API_asks_everyone_to_wait_is_no_part_of_an_attempts_time_that_waits_for_it()
    {
        using var held = Hold();
        using var guest = Hold(callsApi: false);
        Volatile.Write(ref _paused, true);
        for (var renewals = 1; renewals <= 12; renewals++) await PassAsync(2 * renewals);
        Assert.Equal((false, true), (held.TimedOut, guest.TimedOut));
        Volatile.Write(ref _paused, false);
        for (var renewals = 13; renewals <= 24; renewals++) await PassAsync(2 * renewals);
        Assert.True(held.TimedOut);

        // To the half of both leases.
        async Task PassAsync(int renewals)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Eventually.TrueAsync(() => _contacts.Renewals == renewals);
        }
    }

    [Fact]
    public async Task A_claim_that_another_has_taken_is_cut_at_once()
    {
        _contacts.Reply = ContactReply.Void.Instance;
        using var held = Hold();
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => held.Lost.IsCancellationRequested);
        await Eventually.TrueAsync(() => held.Cut.IsCancellationRequested);
        Assert.False(held.TimedOut);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private Gatehouse.Gateway.Delivery.HeldClaim Hold(bool callsApi = true) => _keeper.Hold("ada", UploadId.New(), 1, _clock.GetTimestamp(), callsApi, CancellationToken.None);

    private sealed class ScriptedContacts : IActors<ContactCommand, ContactReply>
    {
        private int _renewals;

        public int Renewals => Volatile.Read(ref _renewals);

        public bool Fails { get; set; }

        public ContactReply Reply { get; set; } = new ContactReply.Renewed(DateTimeOffset.UnixEpoch);

        public ValueTask<ContactReply> AskAsync(string key, ContactCommand command, ReadOnlySequence<byte> smallFile = default, CancellationToken cancellationToken = default)
        {
            Assert.IsType<Renew>(command);
            Interlocked.Increment(ref _renewals);
            return Fails ? throw new StoreUnavailableException("The store is gone.", innerException: null) : ValueTask.FromResult(Reply);
        }
    }
}
