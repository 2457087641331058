using System.Net;
using System.Net.Sockets;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests;

public sealed class ContactAttachmentsConnectionTests
{
    [Fact]
    public async Task A_connection_that_is_never_made_is_an_outage_in_which_nothing_was_done()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var rig = await RouteRig.StartAsync(o => o.ApiBaseAddress = $"http://127.0.0.1:{port}");
        var outcome = Assert.IsType<RouteOutcome.Trouble>(await rig.SendAsync());
        Assert.True(outcome is { Outage: true, OutcomeUnknown: false, Status: null });
        Assert.Equal([(ContactAttachmentsRoute.RouteName, null)], rig.Telemetry.Calls);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_file_was_sent_leaves_the_outcome_unknown()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.True(Assert.IsType<RouteOutcome.Trouble>(await rig.SendAsync()) is { Outage: true, OutcomeUnknown: true, Status: null });
        Assert.Single(rig.Stub.Api);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_the_file_is_sent_means_that_nothing_was_done()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.ReadsBodies = false;
        rig.Stub.OnApi = async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[64 * 1024]);
            context.Abort();
        };
        Assert.True(Assert.IsType<RouteOutcome.Trouble>(await rig.SendAsync(bytes: new SpoolFile(new byte[10 * 1024 * 1024]))) is { Outage: true, OutcomeUnknown: false, Status: null });
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_a_time_out_with_the_outcome_unknown()
    {
        await using var rig = await RouteRig.StartAsync(o => o.CallTimeoutSeconds = 2);
        rig.Stub.OnApi = Forever;
        Assert.True(Assert.IsType<RouteOutcome.Trouble>(await rig.SendAsync()) is { Outage: true, OutcomeUnknown: true, Status: null });
    }

    [Fact]
    public async Task A_server_that_stops_reading_is_a_time_out_in_which_nothing_was_done()
    {
        await using var rig = await RouteRig.StartAsync(o => o.CallTimeoutSeconds = 1);
        rig.Stub.ReadsBodies = false;
        rig.Stub.OnApi = Forever;
        Assert.True(Assert.IsType<RouteOutcome.Trouble>(await rig.SendAsync(bytes: new SpoolFile(new byte[10 * 1024 * 1024]))) is { Outage: true, OutcomeUnknown: false });
    }

    [Fact]
    public async Task An_answer_whose_body_breaks_off_still_counts()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.OnApi = async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync("{"u8.ToArray());
            await context.Response.Body.FlushAsync();
            // Ending short of the announced length makes the server close the connection in order.
        };
        Assert.True(Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync()) is { Result: null, Status: 200 });
    }

    [Fact]
    public async Task An_answer_whose_body_never_ends_still_counts()
    {
        await using var rig = await RouteRig.StartAsync(o => o.CallTimeoutSeconds = 1);
        rig.Stub.OnApi = AnswerWithoutEnd;
        Assert.True(Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync()) is { Result: null, Status: 200 });
    }

    [Fact]
    public async Task An_answer_that_has_come_counts_though_the_attempt_is_cut_off_in_its_body()
    {
        await using var stub = await GenesysStub.StartAsync();
        stub.OnApi = AnswerWithoutEnd;
        var options = stub.Options();
        var gate = new FixedGate();
        using var lost = new CancellationTokenSource();
        using var http = new HttpMessageInvoker(new CutAfterTheHead(lost));
        var client = new GenesysClient(http, options, gate, TimeProvider.System, new Telemetry());
        var route = new ContactAttachmentsRoute(client, gate, new ContactResolver(client, gate, new ContactRows(), new ContactOptions()));
        var outcome = await route.SendAsync(RouteRig.Upload(), new MemoryFile("hello"u8.ToArray()), gate.TryTake()!, lost.Token);
        Assert.Equal(200, Assert.IsType<RouteOutcome.Sent>(outcome).Status);
    }

    [Fact]
    public async Task Bytes_that_this_node_cannot_read_are_no_fault_of_Genesys()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.ReadsBodies = false;
        await Assert.ThrowsAnyAsync<IOException>(() => rig.SendAsync(bytes: new UnreadableFile()));
    }

    [Fact]
    public async Task Cancellation_cuts_the_connection_and_throws()
    {
        await using var rig = await RouteRig.StartAsync();
        using var lost = new CancellationTokenSource();
        var cut = new TaskCompletionSource();
        rig.Stub.OnApi = context =>
        {
            context.RequestAborted.Register(() => cut.SetResult());
            lost.Cancel();
            return cut.Task;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.SendAsync(cancellationToken: lost.Token));
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_refusal_of_a_large_file_is_heard_before_its_body_is_sent()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.ReadsBodies = false;
        rig.Stub.OnApi = context => GenesysStub.Answer(context, 413, """{"code":"request.entity.too.large","message":"The request is over the size limit. Maximum bytes: 512000"}""");
        var file = new SpoolFile(new byte[10 * 1024 * 1024]);
        var outcome = Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(bytes: file));
        Assert.Equal((RefusedBecause.FileTooLarge, "request.entity.too.large", 512_000L), (outcome.Because, outcome.GenesysCode, outcome.LimitBytes));
    }

    [Fact]
    public async Task Stored_bytes_that_end_early_are_the_uploads_own_trouble()
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Stub.ReadsBodies = false;
        var outcome = Assert.IsType<RouteOutcome.Trouble>(await rig.SendAsync(bytes: new SpoolFile(new byte[100], claimed: 200)));
        Assert.True(outcome is { Outage: false, OutcomeUnknown: false });
        Assert.Contains("stored bytes", outcome.Why, StringComparison.Ordinal);
    }

    private static async Task AnswerWithoutEnd(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync("{"u8.ToArray());
        await context.Response.Body.FlushAsync();
        await Forever(context);
    }

    private static Task Forever(Microsoft.AspNetCore.Http.HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(() => gone.TrySetResult());
        return gone.Task;
    }

    /// <summary>Real connections; the claim is lost at the moment when the answer's head has come.</summary>
    private sealed class CutAfterTheHead(CancellationTokenSource lost) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await lost.CancelAsync();
            return response;
        }
    }
}
