using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>One route of several is down, hangs or is paused: what goes by another goes on as if nothing were. By a clock that the gateway and Genesys share.</summary>
public sealed class RouteOutageTests : GatewayAtSimulator
{
    private const string Guest = "0b3c1f2e-7f5a-4c39-9a4e-0f7f2f1c9c11";

    /// <summary>The default route's one call: a fault of it leaves the others alone.</summary>
    private const string Attachments = "POST /api/v2/externalcontacts/{contactId}/attachments";

    private readonly ManualTime _clock = new();

    private protected override TimeProvider Time => _clock;

    private protected override TimeProvider GenesysTime => _clock;

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with
    {
        WebMessaging = new WebMessagingSettings
        {
            DeploymentId = "d0000000-0000-0000-0000-000000000001",
            TokenKey = Convert.ToBase64String(new byte[32]),
            Address = $"ws://{Genesys.Url.Authority}/v1",
        },
    };

    private RouteHealth Down => Gateway.Get<Routes>().Default.Health;

    [Fact]
    public async Task Lines_of_a_route_that_is_down_are_put_off_uncounted_and_go_when_it_works_again()
    {
        await Genesys.FaultsAsync(new { calls = new[] { Attachments }, status = 403 });
        Assert.Equal(502, (await Gateway.UploadAsync("first", "hello")).Status);
        List<UploadAnswer> queued = [];
        for (var i = 0; i < 20; i++) queued.Add(await Gateway.UploadAsync($"contact-{i}", "hello"));
        Assert.All(queued, answer => Assert.Equal(202, answer.Status));
        await PassAsync("every line is put off", async () => (await WaitsAsync(queued.Count)).Count(static wait => wait is null) is var due and > 0 ? $"{due} are due" : null);
        Assert.Equal((1, 0), (await CallsAsync("403"), await CallsAsync("200")));
        // One line comes for the probe, the others in half a minute: not every few seconds.
        Assert.True((await WaitsAsync(queued.Count)).Count(wait => wait > TimeSpan.FromSeconds(5)) > 10);

        await Genesys.HealAsync();
        await PassAsync("all arrive", async () => (await Genesys.ReceivedAsync()).Count is var arrived && arrived == queued.Count ? null : $"{arrived} have");
        foreach (var answer in queued) Assert.Equal(1, (await Gateway.UntilAsync(answer.Location, "delivered")).GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task A_head_of_a_route_that_nothing_went_by_yet_does_not_wait_for_another_routes_probe()
    {
        await Genesys.FaultsAsync(new { calls = new[] { Attachments }, status = 403, session_error = 4029 });
        Assert.Equal(502, (await Gateway.UploadAsync("ada", "hello")).Status);
        var refused = _clock.Now;
        var queued = await GuestsWaitsAsync();
        await Genesys.FaultsAsync(new { calls = new[] { Attachments }, status = 403 });
        await PassUntilDeliveredAsync(queued);
        Assert.True(Down.IsOpen);
        Assert.True(_clock.Now - refused < RouteHealth.ProbeWhenDown);
    }

    [Fact]
    public async Task A_pause_of_the_API_holds_nothing_that_does_not_go_by_it()
    {
        await Genesys.FaultsAsync(new { calls = new[] { Attachments }, status = 429, retry_after_seconds = 120, session_error = 4029 });
        var paused = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.TrueAsync(() => Gateway.Get<ITokenGate>().PausedUntil is not null);
        var queued = await GuestsWaitsAsync();
        await Genesys.HealAsync();
        await PassUntilDeliveredAsync(queued);
        Assert.NotNull(Gateway.Get<ITokenGate>().PausedUntil);
        Assert.Equal((1, 0), (await CallsAsync("429"), await CallsAsync("200")));
        await PassUntilDeliveredAsync(paused);
        Assert.Equal(0, (await Genesys.StatsAsync()).GetProperty("calls_inside_retry_after").GetInt32());
    }

    [Fact]
    public async Task A_route_that_hangs_takes_up_its_own_places_and_no_others()
    {
        await Genesys.FaultsAsync(new { calls = new[] { Attachments }, hold_replies = true, session_error = 4029 });
        var queued = await GuestsWaitsAsync();
        const int more = 20;
        List<UploadAnswer> hang = [];
        for (var i = 0; i < RouteHealth.MostAttempts + more; i++) hang.Add(await Gateway.UploadAsync($"contact-{i}", "hello", prefer: "wait=0"));
        await Eventually.HoldsAsync("every place is taken", async () => (await Genesys.ReceivedAsync()).Count is var arrived && arrived == RouteHealth.MostAttempts ? null : $"{arrived} have arrived");
        await Genesys.FaultsAsync(new { calls = new[] { Attachments }, hold_replies = true });
        Assert.Equal(200, (await SendAsGuestAsync("new")).Status);
        // It came into its line before those that have no place, and falls due after them.
        await PassUntilDeliveredAsync(queued);
        Assert.Equal(RouteHealth.MostAttempts, Down.Attempts);

        await Genesys.HealAsync();
        await PassAsync("all that hung arrive", async () => (await Genesys.ReceivedAsync()).Count(static one => one.GetProperty("route").GetString() is "contact-attachments") is var arrived && arrived == hang.Count ? null : $"{arrived} have");
        foreach (var answer in hang) await Gateway.UntilAsync(answer.Location, "delivered");
    }

    /// <summary>A file of a guest whose session was told to wait for three seconds.</summary>
    private async Task<UploadAnswer> GuestsWaitsAsync()
    {
        var queued = await SendAsGuestAsync("waits", prefer: "wait=0");
        await Eventually.HoldsAsync("its first attempt is recorded", async () =>
            (await Gateway.GetAsync(queued.Location)).Body.GetProperty("upload").GetProperty("attempts").GetInt32() == 1 ? null : "not yet");
        return queued;
    }

    private async Task<UploadAnswer> SendAsGuestAsync(string contact, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload");
        request.Headers.Add("X-Contact-Id", contact);
        request.Headers.Add("X-Guest-Token", Guest);
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        request.Content = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "file", "note.txt" }, { new StringContent("web-messaging"), "route" } };
        using var reply = await Gateway.Http.SendAsync(request);
        return await UploadAnswer.ReadAsync(reply);
    }

    /// <summary>How long each contact's head waits yet; null: it is due.</summary>
    private async Task<List<TimeSpan?>> WaitsAsync(int contacts)
    {
        List<TimeSpan?> waits = [];
        for (var i = 0; i < contacts; i++)
        {
            var line = (ContactReply.Description)await Gateway.Get<IActors<ContactCommand, ContactReply>>().AskAsync($"contact-{i}", new Describe());
            waits.Add(line.HeadNotBefore - _clock.Now);
        }
        return waits;
    }

    private Task PassUntilDeliveredAsync(UploadAnswer queued) =>
        PassAsync("it is delivered", async () => (await Gateway.GetAsync(queued.Location)).State is var state and not "delivered" ? state : null);

    /// <summary>A tenth of a second by the clock between looks, for what became due to have its turn.</summary>
    private Task PassAsync(string what, Func<Task<string?>> look) => Eventually.HoldsAsync(what, async () =>
    {
        var seen = await look();
        if (seen is not null) _clock.Advance(TimeSpan.FromMilliseconds(100));
        return seen;
    });

    private async Task<int> CallsAsync(string status) =>
        (await Genesys.StatsAsync()).GetProperty("calls").TryGetProperty(Attachments, out var calls) && calls.TryGetProperty(status, out var count) ? count.GetInt32() : 0;
}
