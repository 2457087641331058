using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Pipeline;

/// <summary>An upload chooses its route among several, each with needs and a limit of its own.</summary>
public sealed class RouteChoiceTests : GatewayAtSimulator
{
    private readonly ScriptedRoute _default = new("plain");
    private readonly ScriptedRoute _small = new("small") { MaxFileBytes = 1000 };
    private readonly ScriptedRoute _agents = new("agents") { Needs = [RouteField.ConversationId] };
    private readonly ScriptedRoute _guests = new("guests") { Needs = [RouteField.GuestToken], CallsApi = false };
    private readonly GuestTokenVault _vault = new(new byte[GuestTokenVault.KeyLength]);

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Delivery = options.Delivery with { Route = "plain" } };

    private protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddSingleton(_vault);
        foreach (var route in new[] { _default, _small, _agents, _guests }) services.AddSingleton<IDeliveryRoute>(route);
    }

    [Fact]
    public async Task Who_names_no_route_goes_by_the_default_one_and_who_names_one_by_that()
    {
        Assert.Equal((200, "plain"), RouteOf(await Gateway.UploadAsync("ada", "one")));
        Assert.Equal((200, "small"), RouteOf(await Gateway.UploadAsync("ada", "two", route: "small")));
        Assert.Equal((1, 1), (_default.Asked.Count, _small.Asked.Count));
    }

    [Fact]
    public async Task An_unknown_route_is_refused_with_those_that_there_are()
    {
        var answer = await Gateway.UploadAsync("ada", "hello", route: "contact-attachments");
        Assert.Equal((400, "multipart-invalid", "route"), (answer.Status, answer.Code, answer.Body.GetProperty("field").GetString()));
        Assert.Contains("plain, small, agents, guests", answer.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_conversation_is_named()
    {
        var answer = await Gateway.UploadAsync("ada", "hello", route: "agents");
        Assert.Equal((400, "route-field-missing", "conversation_id"), (answer.Status, answer.Code, answer.Body.GetProperty("field").GetString()));
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello", route: "agents", conversation: "c-1")).Status);
        Assert.Equal("c-1", Assert.Single(_agents.Asked).ConversationId);
    }

    [Theory]
    [InlineData(true, 400, "route-field-missing")]
    [InlineData(false, 413, "file-too-large")]
    public async Task A_missing_guest_token_is_told_before_the_file_is_read_where_the_route_stands_before_it(bool before, int status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload");
        request.Headers.Add("X-Contact-Id", "ada");
        var form = new MultipartFormDataContent();
        if (before) form.Add(new StringContent("guests"), "route");
        form.Add(new StringContent(new string('a', 6_000_000)), "file", "long.txt");
        if (!before) form.Add(new StringContent("guests"), "route");
        request.Content = form;
        // A length told beforehand would be refused before the form is looked at.
        request.Headers.TransferEncodingChunked = true;
        using var reply = await Gateway.Http.SendAsync(request);
        var answer = await UploadAnswer.ReadAsync(reply);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        if (before) Assert.Equal("X-Guest-Token", answer.Body.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_guests_token_is_kept_sealed_for_its_upload_alone()
    {
        const string token = "0b3c1f2e-7f5a-4c39-9a4e-0f7f2f1c9c11";
        Assert.Equal(200, (await SendAsGuestAsync(token)).Status);
        var row = Assert.Single(_guests.Asked);
        Assert.DoesNotContain(token, row.SenderId, StringComparison.Ordinal);
        Assert.Equal(token, _vault.Open(row.Id, row.SenderId));
    }

    [Theory]
    [InlineData("two words")]
    public async Task A_guests_token_that_is_none_is_refused(string token)
    {
        var answer = await SendAsGuestAsync(token);
        Assert.Equal((400, "X-Guest-Token"), (answer.Status, answer.Body.GetProperty("field").GetString()));
        Assert.DoesNotContain(token, answer.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 413)]
    public async Task A_file_that_its_route_does_not_carry_is_refused_by_Genesys_limit(int size, int status)
    {
        var answer = await Gateway.UploadAsync("ada", new string('a', size), route: "small");
        Assert.Equal(status, answer.Status);
        if (status == 200) return;
        Assert.Equal((1000, "genesys", size), (answer.Body.GetProperty("limit_bytes").GetInt64(), answer.Body.GetProperty("limit_by").GetString(), answer.Body.GetProperty("file_size_bytes").GetInt64()));
        Assert.Equal(200, (await Gateway.UploadAsync("ada", new string('a', size))).Status);
    }

    [Fact]
    public async Task The_policy_names_each_routes_limit_and_needs()
    {
        var routes = (await Gateway.GetAsync("/v1/policy")).Body.GetProperty("routes").EnumerateArray().Select(r => r.GetRawText()).ToList();
        Assert.Equal(
            [
                """{"name":"plain","max_file_bytes":5242880,"needs":[],"default":true}""", """{"name":"small","max_file_bytes":1000,"needs":[],"default":false}""",
                """{"name":"agents","max_file_bytes":5242880,"needs":["conversation_id"],"default":false}""", """{"name":"guests","max_file_bytes":5242880,"needs":["X-Guest-Token"],"default":false}""",
            ],
            routes);
    }

    private static (int Status, string? Route) RouteOf(UploadAnswer answer) => (answer.Status, answer.Body.GetProperty("upload").GetProperty("route").GetString());

    private async Task<UploadAnswer> SendAsGuestAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload");
        request.Headers.Add("X-Contact-Id", "ada");
        request.Headers.TryAddWithoutValidation("X-Guest-Token", token);
        request.Content = new MultipartFormDataContent { { new StringContent("guests"), "route" }, { new ByteArrayContent("hello"u8.ToArray()), "file", "note.txt" } };
        using var reply = await Gateway.Http.SendAsync(request);
        return await UploadAnswer.ReadAsync(reply);
    }
}

/// <summary>One route on offer, and it needs a header.</summary>
public sealed class OneRouteTests : GatewayAtSimulator
{
    private readonly ScriptedRoute _guests = new("guests") { Needs = [RouteField.GuestToken], CallsApi = false };

    private protected override GatehouseOptions Adjust(GatehouseOptions options) =>
        options with { Delivery = options.Delivery with { Route = "guests" }, Genesys = options.Genesys with { ClientSecret = "wrong" } };

    private protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddSingleton(new GuestTokenVault(new byte[GuestTokenVault.KeyLength]));
        services.AddSingleton<IDeliveryRoute>(_guests);
    }

    [Fact]
    public async Task A_missing_header_is_told_before_a_byte_of_the_body_is_asked_for()
    {
        var body = new HeldBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = body };
        request.Headers.Add("X-Contact-Id", "ada");
        request.Headers.ExpectContinue = true;
        using var reply = await Gateway.Http.SendAsync(request);
        Assert.Equal((400, "route-field-missing"), ((int)reply.StatusCode, (await UploadAnswer.ReadAsync(reply)).Code));
        Assert.False(body.Began.Task.IsCompleted);
    }

    [Fact]
    public async Task A_route_that_calls_no_API_goes_on_while_the_credentials_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload");
        request.Headers.Add("X-Contact-Id", "ada");
        request.Headers.Add("X-Guest-Token", "token-1");
        request.Content = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "file", "note.txt" } };
        using var reply = await Gateway.Http.SendAsync(request);
        Assert.Equal(200, (int)reply.StatusCode);
    }
}
