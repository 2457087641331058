using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.GenesysRoutes;

/// <summary>As a guest of Messenger, on the simulator's WebSocket.</summary>
public sealed class WebMessagingDeliveryTests : GatewayOnItsPort
{
    private const string Guest = "0b3c1f2e-7f5a-4c39-9a4e-0f7f2f1c9c11";

    private protected override string Route => "web-messaging";

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => base.Adjust(options) with
    {
        WebMessaging = new WebMessagingSettings
        {
            DeploymentId = "d0000000-0000-0000-0000-000000000001",
            TokenKey = Convert.ToBase64String(new byte[32]),
            Address = $"ws://{Genesys.Url.Authority}/v1",
            MaxFileSizeKB = 2,
        },
    };

    [Fact]
    public async Task The_file_arrives_in_the_guests_conversation_without_a_token_request()
    {
        var answer = await SendAsync("hello"u8.ToArray(), "note.txt", guest: Guest);
        Assert.Equal((200, "delivered"), (answer.Status, answer.State));
        var received = await OneReceivedAsync();
        Assert.Equal(("web-messaging", RunningGateway.Sha256("hello"), "note.txt"), (received.GetProperty("route").GetString(), received.GetProperty("sha256").GetString(), received.GetProperty("filename").GetString()));
        Assert.Equal(0, (await Genesys.StatsAsync()).GetProperty("token_requests").GetInt32());
    }

    [Fact]
    public async Task A_type_that_the_deployment_does_not_take_is_refused()
    {
        await Genesys.FaultsAsync(new { inbound_types = new[] { "image/png" } });
        var answer = await SendAsync("hello"u8.ToArray(), "note.txt", guest: Guest);
        Assert.Equal((415, "type-not-allowed"), (answer.Status, answer.Code));
        Assert.Equal(["image/png"], answer.Body.GetProperty("allowed_mimes").EnumerateArray().Select(mime => mime.GetString()!));
        Assert.Empty(await Genesys.ReceivedAsync());
    }

    [Fact]
    public async Task The_policy_for_Messenger_promises_no_larger_file_than_its_deployment_takes()
    {
        var policy = await Gateway.GetAsync("/v1/policy/messenger");
        Assert.Equal(2, policy.Body.GetProperty("fileUpload").GetProperty("modes")[0].GetProperty("maxFileSizeKB").GetInt64());
    }

    [Fact]
    public async Task An_expired_session_is_refused_with_what_to_do()
    {
        await Genesys.FaultsAsync(new { session_error = 4006 });
        var answer = await SendAsync("hello"u8.ToArray(), "note.txt", guest: Guest);
        Assert.Equal((502, "genesys-refused", "4006"), (answer.Status, answer.Code, answer.Body.GetProperty("genesys_code").GetString()));
        Assert.Contains("Open a new conversation", answer.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
