using System.Net;
using System.Text.RegularExpressions;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>Who may call: keys made by the command line, used over HTTP.</summary>
public sealed partial class CallerTests
{
    [Fact]
    public async Task Keys_made_by_the_command_line_open_what_their_scopes_say()
    {
        var (uploader, uploaderHash) = await NewKeyAsync("shop", "upload");
        var (reader, readerHash) = await NewKeyAsync("desk", "read");
        await using var gateway = await GatewayProcess.StartAsync(
            simulator: null,
            ("ApiKeys:0:Name", "shop"), ("ApiKeys:0:Hash", uploaderHash), ("ApiKeys:0:Scopes:0", "upload"),
            ("ApiKeys:1:Name", "desk"), ("ApiKeys:1:Hash", readerHash), ("ApiKeys:1:Scopes:0", "read"));
        var form = UploadForm.Sample("gatehouse.png", "keyed");

        var anonymous = (await form.SendAsync(gateway.Http)).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.NotNull(anonymous.Header("WWW-Authenticate"));
        (await (form with { Authorization = "Bearer " + uploader[..^2] + "xx" }).SendAsync(gateway.Http)).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        (await (form with { Authorization = "Bearer " + reader }).SendAsync(gateway.Http)).Refused(HttpStatusCode.Forbidden, "forbidden");
        var sent = (await (form with { Authorization = "Bearer " + uploader }).SendAsync(gateway.Http)).Expect(HttpStatusCode.OK);

        using var look = new HttpRequestMessage(HttpMethod.Get, "/v1/uploads/" + sent.Id);
        look.Headers.TryAddWithoutValidation("Authorization", "Bearer " + reader);
        using var looked = await gateway.Http.SendAsync(look);
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.Single(await gateway.EmbeddedSimulator!.ReceivedAsync());
        Assert.DoesNotContain(uploader, gateway.Process.Transcript, StringComparison.Ordinal);
    }

    private static async Task<(string Key, string Hash)> NewKeyAsync(string name, string scopes)
    {
        var (code, output, errors) = await CommandLineRun.RunAsync("keys", "new", "--name", name, "--scopes", scopes);
        Assert.True(code == 0, errors);
        var hash = HashLine().Match(output);
        var key = KeyLine().Match(output);
        Assert.True(hash.Success && key.Success, output);
        return (key.Groups["value"].Value, hash.Groups["value"].Value);
    }

    [GeneratedRegex("\"Hash\": \"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HashLine();

    [GeneratedRegex("^Key: *(?<value>\\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyLine();
}
