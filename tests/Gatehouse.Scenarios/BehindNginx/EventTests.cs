using Gatehouse.Scenarios.Clients;

namespace Gatehouse.Scenarios.BehindNginx;

public sealed class EventTests
{
    [ClientFact("nginx", "-v")]
    public async Task An_event_comes_through_before_the_node_has_sent_the_next()
    {
        using var node = new StreamingNode();
        await using var nginx = await NginxProcess.StartAsync(node.Url);
        using var answer = await nginx.Http.GetAsync("/v1/uploads/0123456789abcdef0123456789abcdef/events", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("data: 1", await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));

        node.SendTheNext();
        Assert.Equal("\ndata: 2\n\n", await events.ReadToEndAsync());
        await node.Answering;
    }
}
