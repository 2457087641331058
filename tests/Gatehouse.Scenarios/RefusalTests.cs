using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>Uploads that are turned away: the right status and code, and nothing at Genesys.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway = new(simulator: null);

    public Task InitializeAsync() => _gateway.StartAsync();

    public async Task DisposeAsync()
    {
        Assert.Empty(await _gateway.EmbeddedSimulator!.ReceivedAsync());
        Assert.Empty(_gateway.FilesIn("spool"));
        Assert.Empty(_gateway.FilesIn("blobs"));
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_program_that_calls_itself_a_picture_is_recognised()
    {
        var form = UploadForm.Sample("program.png", "refused") with { DeclaredMime = "image/png" };
        var answer = (await form.SendAsync(_gateway.Http)).Refused(HttpStatusCode.UnsupportedMediaType, "type-not-allowed");
        var detected = answer.Json.GetProperty("detected_mime").GetString();
        Assert.NotEqual("image/png", detected);
        Assert.Contains("application/", detected, StringComparison.Ordinal);
        Assert.Contains("image/png", answer.Json.GetProperty("allowed_mimes").EnumerateArray().Select(m => m.GetString()));
    }

    [Fact]
    public async Task A_damaged_photo_is_called_damaged()
    {
        var answer = (await UploadForm.Sample("damaged.jpg", "refused").SendAsync(_gateway.Http)).Refused(HttpStatusCode.UnprocessableEntity, "content-damaged");
        Assert.Equal("truncated", answer.Json.GetProperty("reason").GetString());
        Assert.Equal("image/jpeg", answer.Json.GetProperty("detected_mime").GetString());
    }

    [Fact]
    public async Task No_file_part_is_told_in_the_words_of_old()
    {
        var answer = (await new UploadForm([], null, "refused") { WithFile = false }.SendAsync(_gateway.Http)).Refused(HttpStatusCode.BadRequest, "file-missing");
        Assert.Equal("No file part in the request", answer.Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_empty_name_is_told_in_the_words_of_old()
    {
        var answer = (await new UploadForm(Pngs.Noise(1, 600), "", "refused").SendAsync(_gateway.Http)).Refused(HttpStatusCode.BadRequest, "filename-missing");
        Assert.Equal("No selected file", answer.Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task No_contact_is_told_in_the_words_of_old()
    {
        var answer = (await UploadForm.Sample("gatehouse.png", contact: null).SendAsync(_gateway.Http)).Refused(HttpStatusCode.BadRequest, "contact-id-missing");
        Assert.Equal("Contact ID required", answer.Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_contact_id_of_the_wrong_form_is_refused() =>
        (await UploadForm.Sample("gatehouse.png", "../etc").SendAsync(_gateway.Http)).Refused(HttpStatusCode.BadRequest, "contact-id-invalid");

    [Fact]
    public async Task A_file_of_no_bytes_is_refused() =>
        (await new UploadForm([], "empty.png", "refused").SendAsync(_gateway.Http)).Refused(HttpStatusCode.BadRequest, "file-empty");

    [Theory]
    [InlineData("wait=soon")]
    [InlineData("wait=61")]
    public async Task A_wait_that_cannot_be_granted_is_refused(string prefer) =>
        (await (UploadForm.Sample("gatehouse.png", "refused") with { Prefer = prefer }).SendAsync(_gateway.Http)).Refused(HttpStatusCode.BadRequest, "prefer-invalid");

    [Fact]
    public async Task Too_many_tries_are_refused_although_none_was_let_in()
    {
        for (var i = 0; i < 60; i++)
            await UploadForm.Sample("program.png", "stubborn").SendAsync(_gateway.Http);
        var answer = (await UploadForm.Sample("program.png", "stubborn").SendAsync(_gateway.Http)).Refused(HttpStatusCode.TooManyRequests, "too-many-attempts");
        Assert.Equal("attempts", answer.Json.GetProperty("quota").GetString());
        Assert.NotNull(answer.Header("Retry-After"));
    }
}
