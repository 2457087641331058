using Gatehouse.Actors.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Genesys.Tests;

/// <summary>Several clients, each with the real token actor of its own, against one login server.</summary>
public sealed class ClientPoolTests : IAsyncLifetime
{
    /// <summary>The actors' clock, and one for each client's gate: so it shows which of them waits for time to pass.</summary>
    private readonly ManualTime _clock = new();
    private readonly ManualTime[] _clocks = [new(), new(), new()];
    private readonly LocalActors<TokenState, TokenCommand, TokenReply> _actors;
    private GenesysStub _stub = null!;
    private HttpMessageInvoker _http = null!;
    private List<TokenGate> _gates = [];
    private List<ClientCredentials> _credentials = [];
    private ClientPool _pool = null!;

    public ClientPoolTests() => _actors = new(new TokenActor(new TokenRules { RequestsPerMinute = 60 }), _clock);

    public async Task InitializeAsync()
    {
        _stub = await GenesysStub.StartAsync();
        var options = _stub.Options();
        _http = GenesysHttp.Create(options);
        _credentials = [.. Enumerable.Range(0, 3).Select(n => new ClientCredentials($"client-{n}", "right"))];
        _gates = [.. _credentials.Zip(_clocks, (c, clock) => new TokenGate(
            _actors, new OAuthClient(_http, options, c, clock, NoGenesysTelemetry.Instance), "node", clock, new Random(1), NoGenesysTelemetry.Instance, NullLogger<TokenGate>.Instance))];
        _pool = new ClientPool(_gates);
    }

    public async Task DisposeAsync()
    {
        await _pool.DisposeAsync();
        _http.Dispose();
        await _stub.DisposeAsync();
    }

    [Fact]
    public async Task Calls_are_spread_and_each_client_has_its_own_token_and_budget()
    {
        var permits = await TakeAsync(6);
        Assert.Equal(2, Assert.Single(permits.GroupBy(p => p.Giver).Select(g => g.Count()).Distinct()));
        Assert.Equal(3, permits.Select(p => p.AccessToken).Distinct().Count());
        Assert.Equal(3, _stub.Login.Count);

        // 60 a minute each, of which two are saved up: 3 clients give more in a minute than one could.
        var given = new List<Task<Permit>>();
        for (var second = 0; second < 60; second++)
        {
            given.AddRange(Enumerable.Range(0, 4).Select(_ => _pool.TakeAsync(CancellationToken.None).AsTask()));
            await SettleAsync(given);
            Advance(TimeSpan.FromSeconds(1));
        }
        Assert.InRange(given.Count(g => g.IsCompletedSuccessfully), 130, 180);
    }

    [Fact]
    public async Task One_clients_429_pauses_the_others_not_and_who_waits_there_moves_on()
    {
        var permits = await TakeAsync(3);
        var limited = permits[0];
        Assert.Equal(TimeSpan.Zero, await _pool.BackOffAsync(limited, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Null(_pool.PausedUntil);
        Assert.DoesNotContain(await TakeAsync(12), permit => permit.Giver == limited.Giver);

        // All three: then it is the shortest pause that counts.
        foreach (var other in permits.Skip(1)) await _pool.BackOffAsync(other, TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(30), _pool.PausedUntil);
    }

    [Fact]
    public async Task A_call_that_waits_at_a_client_goes_on_by_another_when_that_one_is_paused()
    {
        // Everything that is saved up is used: the next calls wait, at one client each.
        await TakeAsync(6);
        var waiting = Enumerable.Range(0, 3).Select(_ => _pool.TakeAsync(CancellationToken.None).AsTask()).ToList();
        await Eventually.TrueAsync(() => _gates.All(gate => gate.Waiting == 1));
        await _gates[0].BackOffAsync(new Permit("", 0), TimeSpan.FromHours(1), CancellationToken.None);
        await Eventually.TrueAsync(() => _gates[0].Waiting == 0 && _gates.Sum(gate => gate.Waiting) == 3);
        await AlongAsync(waiting);
        Assert.DoesNotContain(waiting, one => one.Result.Giver == _gates[0]);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_by_a_new_one_of_the_same_client_as_anothers_may_be_as_old()
    {
        var permits = await TakeAsync(3);
        var replaced = await AlongAsync(_pool.ReplaceAsync(permits[0], CancellationToken.None).AsTask());
        Assert.Equal((permits[0].Giver, 2L), (replaced.Giver, replaced.TokenVersion));
        Assert.DoesNotContain(await TakeAsync(6), permit => permit == permits[0]);
    }

    [Fact]
    public async Task A_refused_token_of_a_paused_client_is_replaced_by_another_clients()
    {
        var permits = await TakeAsync(3);
        await _pool.BackOffAsync(permits[0], TimeSpan.FromHours(1), CancellationToken.None);
        Assert.NotSame(permits[0].Giver, (await AlongAsync(_pool.ReplaceAsync(permits[0], CancellationToken.None).AsTask())).Giver);
    }

    [Fact]
    public async Task A_refused_token_of_a_client_whose_secret_is_refused_too_is_replaced_by_another_clients()
    {
        var permits = await TakeAsync(3);
        _stub.OnLogin = context => GenesysStub.Answer(context, 401);
        Assert.NotSame(permits[0].Giver, (await AlongAsync(_pool.ReplaceAsync(permits[0], CancellationToken.None).AsTask())).Giver);
    }

    [Fact]
    public async Task A_client_whose_secret_is_refused_shows_and_stops_nobody_until_all_are_refused()
    {
        _stub.OnLogin = context => context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String("client-1:right"u8) ? GenesysStub.Answer(context, 401) : _stub.IssueAsync(context);
        Assert.DoesNotContain(await TakeAsync(12), permit => permit.Giver == _gates[1]);
        Assert.Contains("client-1", _pool.Trouble!, StringComparison.Ordinal);

        _stub.OnLogin = context => GenesysStub.Answer(context, 401);
        foreach (var gate in _gates.Where(g => g != _gates[1])) gate.Drop(await AlongAsync(gate.TakeAsync(CancellationToken.None).AsTask()));
        await Assert.ThrowsAsync<CredentialsRefusedException>(() => AlongAsync(_pool.TakeAsync(CancellationToken.None).AsTask()));
    }

    private async Task<Permit[]> TakeAsync(int calls)
    {
        var taking = Enumerable.Range(0, calls).Select(_ => _pool.TakeAsync(CancellationToken.None).AsTask()).ToList();
        await AlongAsync(taking);
        return await Task.WhenAll(taking);
    }

    private async Task<Permit> AlongAsync(Task<Permit> taking)
    {
        await AlongAsync([taking]);
        return await taking;
    }

    private async Task AlongAsync(List<Task<Permit>> taking)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!taking.All(one => one.IsCompleted))
        {
            patience.Token.ThrowIfCancellationRequested();
            await SettleAsync(taking);
            if (!taking.All(one => one.IsCompleted)) Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    private void Advance(TimeSpan by)
    {
        _clock.Advance(by);
        foreach (var clock in _clocks) clock.Advance(by);
    }

    /// <summary>Until each call has its permit, or waits for the clock.</summary>
    private async Task SettleAsync(List<Task<Permit>> taking)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (taking.Count(one => !one.IsCompleted) is > 0 and var waiting && !AllWaitForTime(waiting))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Each call stands at a gate, every gate where one stands has its timer set, and no token is being asked for.</summary>
    private bool AllWaitForTime(int calls) =>
        !IsRefreshing() && _gates.Sum(gate => gate.Waiting) >= calls && _gates.Zip(_clocks).All(one => one.First.Waiting == 0 || one.Second.Pending > 0);

    private bool IsRefreshing() => _actors.Look((commands, replies) =>
        replies.OfType<TokenReply.Lease>().Count(lease => lease.RefreshFence is not null) > commands.Count(command => command is Refreshed or RefreshFailed));
}
