using System.Net;
using Gatehouse.Simulator.Tests.AgentMedia;

namespace Gatehouse.Simulator.Tests.Conversations;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_conversation_has_an_agent_who_left_and_one_who_is_there()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        var conversation = await simulator.GetAsync("/api/v2/conversations/v-1");
        Assert.Equal("v-1", conversation.GetProperty("id").GetString());
        Assert.False(conversation.TryGetProperty("endTime", out _));
        Assert.Equal(["customer", "acd", "agent", "agent"], conversation.GetProperty("participants").EnumerateArray().Select(p => p.GetProperty("purpose").GetString()!));
        var live = await simulator.LegAsync("connected");
        Assert.True(Guid.TryParse(live, out _));
        Assert.NotEqual(live, await simulator.LegAsync("disconnected"));
        Assert.Equal(live, await simulator.LegAsync("connected"));
        Assert.NotEqual(live, await simulator.LegAsync("connected", "v-2"));
    }

    [Theory]
    [InlineData("v-1")]
    [InlineData("*")]
    public async Task A_conversation_can_wait_for_its_agent(string waiting)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync($$"""{"waiting_conversations": ["{{waiting}}"]}""");
        Assert.Null(await simulator.LegAsync("connected"));
        Assert.NotNull(await simulator.LegAsync("alerting"));
        await simulator.FaultsAsync("{}");
        Assert.NotNull(await simulator.LegAsync("connected"));
    }

    [Fact]
    public async Task A_conversation_can_be_over()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"ended_conversations": ["v-1"]}""");
        var conversation = await simulator.GetAsync("/api/v2/conversations/v-1");
        Assert.NotNull(conversation.GetProperty("endTime").GetString());
        Assert.All(conversation.GetProperty("participants").EnumerateArray(), p => Assert.Equal("disconnected", p.GetProperty("messages")[0].GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_conversation_that_a_fault_hides_is_not_found_and_what_is_no_id_is_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"unknown_conversations": ["v-1"]}""");
        using var hidden = await simulator.Http.GetAsync("/api/v2/conversations/v-1");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal("not.found", (await RunningSimulator.ErrorOf(hidden)).GetProperty("code").GetString());
        using var wrong = await simulator.Http.GetAsync("/api/v2/conversations/v%201");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }
}
