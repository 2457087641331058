using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.GenesysRoutes;

public sealed class AgentMediaDeliveryTests : GatewayOnItsPort
{
    private static readonly byte[] Png = File.ReadAllBytes(Repository.Sample("gatehouse.png"));

    private protected override string Route => "agent-media";

    [Fact]
    public async Task A_picture_goes_to_the_customer_by_the_agent_who_is_connected()
    {
        var answer = await SendAsync(Png, "plan.png", conversation: "c-1");
        Assert.Equal((200, "delivered"), (answer.Status, answer.State));
        var received = await OneReceivedAsync();
        Assert.Equal(("agent-media", "c-1", "image/png", Png.Length), (received.GetProperty("route").GetString(), received.GetProperty("conversation_id").GetString(), received.GetProperty("mime").GetString(), received.GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task Without_an_agent_it_stays_queued_and_says_why()
    {
        await Genesys.FaultsAsync(new { waiting_conversations = new[] { "c-1" } });
        var queued = await SendAsync(Png, "plan.png", conversation: "c-1", prefer: "wait=0");
        var seen = await Eventually.GetAsync("its first attempt is over", async () =>
        {
            var body = (await Gateway.GetAsync(queued.Location)).Body;
            return (body.GetProperty("upload").GetProperty("attempts").GetInt32() == 1, body);
        });
        Assert.Equal("queued", seen.GetProperty("upload").GetProperty("status").GetString());
        Assert.Contains("No agent", seen.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_Genesys_finds_invalid_is_refused()
    {
        await Genesys.FaultsAsync(new { media_invalid = true });
        var refused = await SendAsync(Png, "plan.png", conversation: "c-1");
        Assert.Equal((502, "genesys-refused"), (refused.Status, refused.Code));
        Assert.Empty(await Genesys.ReceivedAsync());
    }
}
