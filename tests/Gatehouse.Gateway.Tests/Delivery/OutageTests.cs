using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>What becomes of uploads while Genesys is in a bad way.</summary>
public sealed class OutageTests : GatewayAtSimulator
{
    [Fact]
    public async Task What_was_answered_202_in_an_outage_arrives_in_order_when_it_is_over()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        List<UploadAnswer> answers = [];
        for (var i = 0; i < 5; i++) answers.Add(await Gateway.UploadAsync("ada", "file " + i, prefer: "wait=0"));
        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        await Genesys.HealAsync();
        foreach (var answer in answers) await Gateway.UntilAsync(answer.Location, "delivered");
        Assert.Equal(Enumerable.Range(0, 5).Select(i => RunningGateway.Sha256("file " + i)), await Genesys.HashesAsync());
    }

    [Fact]
    public async Task What_was_queued_is_sent_by_the_next_start_on_the_same_folder()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        var first = await Gateway.UploadAsync("ada", "one", prefer: "wait=0");
        var second = await Gateway.UploadAsync("ada", "two", prefer: "wait=0");
        await RestartAsync();
        await Genesys.HealAsync();
        await Gateway.UntilAsync(first.Location, "delivered");
        await Gateway.UntilAsync(second.Location, "delivered");
        Assert.Equal([RunningGateway.Sha256("one"), RunningGateway.Sha256("two")], await Genesys.HashesAsync());
    }

    [Fact]
    public async Task A_waiting_caller_hears_of_a_missing_permission_and_the_next_one_is_told_202_at_once()
    {
        await Genesys.FaultsAsync(new { status = 403 });
        var refused = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((502, "genesys-refused", 403), (refused.Status, refused.Code, refused.Body.GetProperty("genesys_status").GetInt32()));
        Assert.Equal("failed", (await Gateway.GetAsync(refused.Location)).State);

        // Its wait is a minute: it would not end inside this test's patience.
        var queued = await Gateway.UploadAsync("ada", "hello", prefer: "wait=60");
        Assert.Equal((202, "queued"), (queued.Status, queued.State));
        Assert.Equal("degraded", (await Gateway.GetAsync("/health/ready")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Who_was_told_202_stays_queued_when_a_permission_is_missing()
    {
        await Genesys.FaultsAsync(new { status = 403 });
        var queued = await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        Assert.Equal(202, queued.Status);
        var upload = await Eventually.GetAsync("its first attempt is over", async () =>
        {
            var seen = (await Gateway.GetAsync(queued.Location)).Body;
            return (seen.GetProperty("upload").GetProperty("attempts").GetInt32() == 1, seen);
        });
        Assert.Equal("queued", upload.GetProperty("upload").GetProperty("status").GetString());
        Assert.Equal(403, upload.GetProperty("error").GetProperty("genesys_status").GetInt32());
    }

    [Fact]
    public async Task Who_hangs_up_after_admission_changes_nothing()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        using var hangUp = new CancellationTokenSource();
        var upload = Gateway.UploadAsync("ada", "hello", cancellationToken: hangUp.Token);
        await Gateway.UntilAdmittedAsync("ada");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await Genesys.HealAsync();
        await Eventually.HoldsAsync("it arrives", async () => (await Genesys.ReceivedAsync()).Count == 1 ? null : "nothing");
    }
}

/// <summary>The login service refuses the secret.</summary>
public sealed class RefusedCredentialsTests : GatewayAtSimulator
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Genesys = options.Genesys with { ClientSecret = "wrong" } };

    [Fact]
    public async Task The_waiting_caller_hears_it_and_what_was_told_202_stays_queued()
    {
        var refused = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((502, "genesys-refused", 401), (refused.Status, refused.Code, refused.Body.GetProperty("genesys_status").GetInt32()));
        var queued = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((202, "queued"), (queued.Status, queued.State));
    }
}
