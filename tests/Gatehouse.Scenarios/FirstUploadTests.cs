using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>What a newcomer sees: nothing configured, the simulator embedded.</summary>
public sealed class FirstUploadTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway = new(simulator: null);

    public Task InitializeAsync() => _gateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("gatehouse.png", "image/png")]
    [InlineData("gatehouse.jpg", "image/jpeg")]
    [InlineData("return-slip.pdf", "application/pdf")]
    [InlineData("note.txt", "text/plain")]
    public async Task A_sample_arrives_at_the_simulator_with_the_same_bytes(string sample, string mime)
    {
        var form = UploadForm.Sample(sample, "first-" + sample.Replace('.', '-'));
        var answer = (await form.SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);

        Assert.Equal("File uploaded successfully", answer.Json.GetProperty("message").GetString());
        Assert.Equal("delivered", answer.Upload.GetProperty("status").GetString());
        Assert.False(answer.Upload.GetProperty("duplicate").GetBoolean());
        Assert.Equal(mime, answer.Upload.GetProperty("mime").GetString());
        Assert.Equal(Pngs.Sha256(form.Bytes), answer.Upload.GetProperty("sha256").GetString());
        var received = Assert.Single(await _gateway.EmbeddedSimulator!.ReceivedAsync(form.Contact!));
        Assert.Equal(Pngs.Sha256(form.Bytes), received.Sha256);
        Assert.Equal(sample, received.Filename);
        Assert.StartsWith(mime, received.Mime, StringComparison.Ordinal);
        Assert.Equal(answer.Id, received.MessageId);
    }

    [Fact]
    public async Task The_same_file_again_is_a_duplicate_and_sends_nothing_new_but_another_contact_gets_it()
    {
        var form = UploadForm.Sample("gatehouse.png", "twice-a");
        var first = (await form.SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        var second = (await form.SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        Assert.True(second.Upload.GetProperty("duplicate").GetBoolean());
        Assert.Equal(first.Id, second.Id);
        Assert.Single(await _gateway.EmbeddedSimulator!.ReceivedAsync("twice-a"));

        var other = (await (form with { Contact = "twice-b" }).SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        Assert.False(other.Upload.GetProperty("duplicate").GetBoolean());
        Assert.Single(await _gateway.EmbeddedSimulator!.ReceivedAsync("twice-b"));
    }

    [Fact]
    public async Task The_21st_file_of_a_contact_is_told_when_to_come_back()
    {
        for (var i = 0; i < 20; i++)
            (await new UploadForm(Pngs.Noise(i, 600), "noise.png", "many").SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        var refused = (await new UploadForm(Pngs.Noise(20, 600), "noise.png", "many").SendAsync(_gateway.Http)).Refused(HttpStatusCode.TooManyRequests, "quota-exceeded");
        Assert.True(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal("files", refused.Json.GetProperty("quota").GetString());
        Assert.Equal(20, refused.Json.GetProperty("limit").GetInt32());
        Assert.Equal(20, refused.Json.GetProperty("used").GetInt32());
        Assert.True(refused.Json.GetProperty("resets_at").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        Assert.Equal(20, (await _gateway.EmbeddedSimulator!.ReceivedAsync("many")).Count);
        (await new UploadForm(Pngs.Noise(0, 600), "noise.png", "many").SendAsync(_gateway.Http)).Refused(HttpStatusCode.TooManyRequests, "quota-exceeded");
    }

    [Fact]
    public async Task An_idempotency_key_replays_its_upload_and_belongs_to_its_bytes()
    {
        var form = new UploadForm(Pngs.Noise(1, 5_000), "a.png", "keyed") { IdempotencyKey = "order-4711" };
        var first = (await form.SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        var replay = (await form.SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        Assert.Equal(first.Id, replay.Id);
        Assert.Equal("true", replay.Header("Idempotency-Replayed"));
        (await (form with { Bytes = Pngs.Noise(2, 5_000) }).SendAsync(_gateway.Http)).Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Single(await _gateway.EmbeddedSimulator!.ReceivedAsync("keyed"));
    }

    [Fact]
    public async Task An_upload_can_be_looked_up_and_its_contact_lists_it()
    {
        var sent = (await UploadForm.Sample("note.txt", "looked-up").SendAsync(_gateway.Http)).Expect(HttpStatusCode.OK);
        var found = await _gateway.GetJsonAsync("/v1/uploads/" + sent.Id);
        Assert.Equal("delivered", found.GetProperty("upload").GetProperty("status").GetString());
        var list = await _gateway.GetJsonAsync("/v1/contacts/looked-up/uploads");
        Assert.Contains(sent.Id, list.GetProperty("items").GetRawText(), StringComparison.Ordinal);
        using var unknown = await _gateway.Http.GetAsync("/v1/uploads/0123456789abcdef0123456789abcdef");
        (await Answer.FromAsync(unknown)).Refused(HttpStatusCode.NotFound, "upload-not-found");
    }

    [Theory]
    [InlineData("/v1/policy")]
    [InlineData("/v1/policy/messenger")]
    [InlineData("/web-messaging-config.js")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/problems/type-not-allowed")]
    [InlineData("/")]
    public async Task What_there_is_to_see_answers(string path)
    {
        using var answer = await _gateway.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
    }
}
