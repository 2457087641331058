using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Pipeline;

/// <summary>What makes two uploads the same, and what makes two keys the same.</summary>
public sealed class DuplicateTests : GatewayAtScript
{
    private static readonly NewApiKey Shop = ApiKeys.New("shop", CallerScopes.Upload, expires: null);
    private static readonly NewApiKey Desk = ApiKeys.New("desk", CallerScopes.Upload, expires: null);

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { ApiKeys = [Shop.Options, Desk.Options] };

    [Fact]
    public async Task The_same_bytes_are_a_duplicate_inside_one_contact_conversation_and_route_only()
    {
        var first = await SendAsync("ada", conversation: "v1");
        var again = await SendAsync("ada", conversation: "v1");
        Assert.Equal((200, first.Id, true), (again.Status, again.Id, again.IsDuplicate));
        foreach (var other in (UploadAnswer[])[
            await SendAsync("bob", conversation: "v1"), await SendAsync("ada", conversation: "v2"), await SendAsync("ada"),
            await SendAsync("ada", conversation: "v1", route: ContactAttachmentsRoute.RouteName)])
        {
            Assert.Equal((200, "delivered", false), (other.Status, other.State, other.IsDuplicate));
        }
        Assert.Equal(4, Route.Asked.Count);
        Assert.Single(await Genesys.ReceivedAsync());
    }

    [Fact]
    public async Task Who_allows_a_duplicate_has_it_sent_again()
    {
        await SendAsync("ada");
        var again = await SendAsync("ada", duplicate: "allow");
        Assert.Equal((200, "delivered", false), (again.Status, again.State, again.IsDuplicate));
        Assert.Equal(2, Route.Asked.Count);
    }

    [Fact]
    public async Task A_key_stands_for_one_body_in_one_conversation()
    {
        await SendAsync("ada", conversation: "v1", key: "k1");
        var elsewhere = await SendAsync("ada", conversation: "v2", key: "k1");
        Assert.Equal((422, "idempotency-key-reused"), (elsewhere.Status, elsewhere.Code));
    }

    [Fact]
    public async Task A_key_is_its_callers_own()
    {
        var shops = await SendAsync("ada", key: "k1");
        var desks = await Gateway.UploadAsync("ada", "the desk's", key: "k1", apiKey: Desk.Token);
        Assert.Equal((200, "delivered", (string?)null), (desks.Status, desks.State, desks.Header("Idempotency-Replayed")));
        Assert.NotEqual(shops.Id, desks.Id);
    }

    [Fact]
    public async Task A_key_that_came_with_a_duplicate_is_a_key_of_the_first()
    {
        var first = await SendAsync("ada");
        Assert.True((await SendAsync("ada", key: "k1")).IsDuplicate);
        var replayed = await SendAsync("ada", key: "k1");
        Assert.Equal((200, first.Id, "true"), (replayed.Status, replayed.Id, replayed.Header("Idempotency-Replayed")));
        Assert.Equal(422, (await Gateway.UploadAsync("ada", "other bytes", key: "k1", apiKey: Shop.Token)).Status);
    }

    private Task<UploadAnswer> SendAsync(string contact, string? conversation = null, string? route = null, string? key = null, string? duplicate = null) =>
        Gateway.UploadAsync(contact, "hello", key: key, route: route, conversation: conversation, duplicate: duplicate, apiKey: Shop.Token);
}
