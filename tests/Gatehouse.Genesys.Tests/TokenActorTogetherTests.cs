using Gatehouse.Actors.Tokens;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Genesys.Tests;

/// <summary>Nodes, the real token actor, and a server that knows which tokens live: what the parts come to together.</summary>
public sealed class TokenActorTogetherTests
{
    [Fact]
    public async Task An_expired_token_costs_all_uploads_of_all_nodes_one_refresh()
    {
        await using var house = await House.StartAsync(nodes: 3);
        Assert.All(await house.SendAsync(30), outcome => Assert.IsType<RouteOutcome.Sent>(outcome));
        Assert.Single(house.Stub.Login);
        house.LivingToken = "token-2";
        Assert.All(await house.SendAsync(30), outcome => Assert.IsType<RouteOutcome.Sent>(outcome));
        Assert.Equal(2, house.Stub.Login.Count);
    }

    [Fact]
    public async Task A_restart_of_every_node_costs_no_login()
    {
        await using var house = await House.StartAsync(nodes: 2);
        await house.SendAsync(2);
        await house.RestartAsync();
        Assert.All(await house.SendAsync(10), outcome => Assert.IsType<RouteOutcome.Sent>(outcome));
        Assert.Single(house.Stub.Login);
    }

    [Fact]
    public async Task A_token_is_refreshed_ahead_of_its_end_while_calls_go_on()
    {
        await using var house = await House.StartAsync(nodes: 1);
        await house.SendAsync(1);
        house.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(20));
        Assert.IsType<RouteOutcome.Sent>((await house.SendAsync(1)).Single());
        await Eventually.TrueAsync(() => house.Commands().OfType<Refreshed>().Count() == 2);
        house.LivingToken = "token-2";
        house.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.IsType<RouteOutcome.Sent>((await house.SendAsync(1)).Single());
        Assert.DoesNotContain(house.Commands(), c => c is Invalidate);
    }

    [Fact]
    public async Task A_429_to_one_node_pauses_the_others_with_their_next_lease()
    {
        await using var house = await House.StartAsync(nodes: 2);
        await house.SendAsync(2);
        house.Limited = true;
        Assert.IsType<RouteOutcome.RateLimited>(await house.SendFromAsync(0));
        house.Limited = false;
        house.Clock.Advance(new TokenRules().Lease);
        var other = house.Gate(1).TakeAsync(CancellationToken.None).AsTask();
        await Eventually.TrueAsync(() => house.Gate(1).PausedUntil is not null);
        Assert.False(other.IsCompleted);
        Assert.Null(house.Gate(0).TryTake());
        house.Clock.Advance(TimeSpan.FromSeconds(28));
        await other;
    }

    [Fact]
    public async Task A_budget_is_never_exceeded_in_any_minute_by_all_nodes_together()
    {
        await using var house = await House.StartAsync(nodes: 3, requestsPerMinute: 60);
        var given = new List<DateTimeOffset>();
        var patient = Enumerable.Range(0, 200).Select(async n =>
        {
            await house.Gate(n % 3).TakeAsync(CancellationToken.None);
            lock (given) given.Add(house.Clock.GetUtcNow());
        }).ToArray();
        await house.AlongAsync(Task.WhenAll(patient), () => patient.Index().Where(p => !p.Item.IsCompleted).Select(p => p.Index % 3).Distinct().Count());
        Assert.All(given, start => Assert.InRange(given.Count(at => at >= start && at < start.AddMinutes(1)), 1, 60));
        Assert.InRange(given.Max() - given.Min(), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(6));
    }

    [Theory]
    [InlineData(600, 10)]
    [InlineData(18_000, 300)]
    [InlineData(0, 300)]
    public async Task A_busy_node_costs_at_most_thirty_turns_in_any_minute_its_start_included(int requestsPerMinute, int callsPerSecond)
    {
        await using var house = await House.StartAsync(nodes: 1, requestsPerMinute);
        var turns = new List<int>();
        var calls = new List<Task>();
        for (var step = 0; step < 100 * 150; step++)
        {
            turns.Add(house.Commands().Length);
            for (var call = 0; call < Math.Max(1, callsPerSecond / 100) && step % Math.Max(1, 100 / callsPerSecond) == 0; call++) calls.Add(house.Gate(0).TakeAsync(CancellationToken.None).AsTask());
            await house.SettleAsync(calls);
            calls.RemoveAll(one => one.IsCompletedSuccessfully);
            house.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }
        Assert.InRange(Enumerable.Range(0, turns.Count - 6000).Max(from => turns[from + 6000] - turns[from]), 20, 30);
    }

    private sealed class House : IAsyncDisposable
    {
        private readonly HttpMessageInvoker _http;
        private readonly LocalActors<TokenState, TokenCommand, TokenReply> _actors;
        private readonly GenesysOptions _options;
        private readonly (TokenGate Gate, ContactAttachmentsRoute Route)[] _nodes;

        private House(GenesysStub stub, int nodes, int requestsPerMinute)
        {
            Stub = stub;
            _options = stub.Options();
            _http = GenesysHttp.Create(_options);
            _actors = new(new TokenActor(new TokenRules { RequestsPerMinute = requestsPerMinute }), Clock);
            _nodes = [.. Enumerable.Range(0, nodes).Select(Node)];
            stub.OnApi = context => Limited ? GenesysStub.Answer(context, 429, headers: ("Retry-After", "30"))
                : GenesysStub.Answer(context, context.Request.Headers.Authorization == "Bearer " + LivingToken ? 200 : 401);
        }

        public GenesysStub Stub { get; }

        public ManualTime Clock { get; } = new();

        public string LivingToken { get; set; } = "token-1";

        public bool Limited { get; set; }

        public static async Task<House> StartAsync(int nodes, int requestsPerMinute = 0) => new(await GenesysStub.StartAsync(), nodes, requestsPerMinute);

        public TokenGate Gate(int node) => _nodes[node].Gate;

        public TokenCommand[] Commands() => _actors.Look((commands, _) => commands.ToArray());

        public async Task<RouteOutcome> SendFromAsync(int node)
        {
            var (gate, route) = _nodes[node];
            return await route.SendAsync(RouteRig.Upload(), new MemoryFile([1]), await gate.TakeAsync(CancellationToken.None), CancellationToken.None);
        }

        public async Task<RouteOutcome[]> SendAsync(int uploads)
        {
            var all = Task.WhenAll(Enumerable.Range(0, uploads).Select(n => SendFromAsync(n % _nodes.Length)));
            await AlongAsync(all, () => 1);
            return await all;
        }

        /// <summary>Moves the clock along, but neither past a refresh that is under way nor before <paramref name="waiting"/> gates have set their timers.</summary>
        public async Task AlongAsync(Task all, Func<int> waiting)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!all.IsCompleted)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
                if (Clock.Pending >= waiting() && !IsRefreshing()) Clock.Advance(TimeSpan.FromMilliseconds(50));
            }
        }

        /// <summary>Until each call has its permit, or waits for the clock.</summary>
        public async Task SettleAsync(IReadOnlyList<Task> calls)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!calls.All(one => one.IsCompleted) && (Clock.Pending == 0 || IsRefreshing()))
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public async Task RestartAsync()
        {
            for (var n = 0; n < _nodes.Length; n++)
            {
                await _nodes[n].Gate.DisposeAsync();
                _nodes[n] = Node(n);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (gate, _) in _nodes) await gate.DisposeAsync();
            _http.Dispose();
            await Stub.DisposeAsync();
        }

        private bool IsRefreshing() => _actors.Look((commands, replies) =>
            replies.OfType<TokenReply.Lease>().Count(lease => lease.RefreshFence is not null) > commands.Count(command => command is Refreshed or RefreshFailed));

        private (TokenGate Gate, ContactAttachmentsRoute Route) Node(int number)
        {
            var login = new OAuthClient(_http, _options, _options.Credentials()[0], Clock, NoGenesysTelemetry.Instance);
            var gate = new TokenGate(_actors, login, $"node-{number}", Clock, new Random(number), NoGenesysTelemetry.Instance, NullLogger<TokenGate>.Instance);
            var client = new GenesysClient(_http, _options, gate, Clock, NoGenesysTelemetry.Instance);
            return (gate, new ContactAttachmentsRoute(client, gate, new ContactResolver(client, gate, new ContactRows(), new ContactOptions())));
        }
    }
}
