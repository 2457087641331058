using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>Bytes that changed while they lay on this node's disk: never sent, and no obstacle to what is behind them.</summary>
public sealed class DamagedFileTests : GatewayAtSimulator
{
    private string _folder = "";

    private protected override GatehouseOptions Adjust(GatehouseOptions options)
    {
        _folder = options.Data.Directory;
        return options;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_not_what_was_received_ends_failed_and_the_next_one_arrives(bool shortened)
    {
        await Genesys.FaultsAsync(new { status = 503 });
        var damaged = await Gateway.UploadAsync("ada", Lines(20_000, "first"), prefer: "respond-async");
        var sound = Lines(20_000, "second");
        var behind = await Gateway.UploadAsync("ada", sound, prefer: "respond-async");
        Assert.Equal((202, 202), (damaged.Status, behind.Status));
        await Gateway.App.StopAsync();

        await using (var blob = new FileStream(Path.Combine(_folder, "blobs", damaged.Id), FileMode.Open))
        {
            if (shortened) blob.SetLength(blob.Length - 1);
            else blob.WriteByte((byte)'F');
        }
        await Genesys.HealAsync();
        await RestartAsync();

        await Gateway.UntilAsync(behind.Location, "delivered");
        var ended = (await Gateway.GetAsync(damaged.Location)).Body;
        Assert.Equal(("failed", "internal-error"), (ended.GetProperty("upload").GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(damaged.Id, ended.GetProperty("error").GetProperty("correlation_id").GetString());
        Assert.False(ended.GetProperty("error").TryGetProperty("detail", out _));
        Assert.Equal([RunningGateway.Sha256(sound)], await Genesys.HashesAsync());
    }

    private static string Lines(int count, string what) => string.Concat(Enumerable.Range(0, count).Select(i => $"{what} line of a long note, {i}\n"));
}
