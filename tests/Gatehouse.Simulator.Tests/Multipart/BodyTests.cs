using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Gatehouse.Simulator.Tests.Multipart;

public sealed class BodyTests
{
    private const string File = "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n";

    [Theory]
    [InlineData("--b\r\n" + File + "x\r\n--b--")]
    [InlineData("--b\r\n" + File + "x\r\n--b--\r\nan epilogue")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--b\r\n" + File + "x\r\n--b--\r\n")]
    public async Task A_whole_body_with_one_file_is_received(string body)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(simulator, body));
        Assert.Equal(1, Assert.Single(await simulator.ReceivedAsync()).GetProperty("size").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--c\r\n" + File + "x\r\n--c--")]
    [InlineData("--b--")]
    [InlineData("--bx\r\n" + File + "x\r\n--b--")]
    [InlineData("--b\r\n" + File + "x")]
    [InlineData("--b\r\n" + File + "x\r\n--b")]
    [InlineData("--b\r\n" + File + "x\r\n--c--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b--")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--")]
    [InlineData("--b\r\n" + File + "x\r\n--b\r\n" + File + "y\r\n--b--")]
    public async Task A_body_that_is_not_whole_or_has_not_one_file_is_refused_and_not_received(string body)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(simulator, body));
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task Headers_and_parts_without_end_are_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(simulator, "--b\r\nX: " + new string('x', 200_000) + "\r\n\r\nx\r\n--b--"));
        var parts = string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nx\r\n", 100));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(simulator, parts + "--b\r\n" + File + "x\r\n--b--"));
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/mixed; boundary=b")]
    public async Task Another_media_type_is_refused(string type)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync(simulator, "--b\r\n" + File + "x\r\n--b--", type));
    }

    private static async Task<HttpStatusCode> PostAsync(RunningSimulator simulator, string body, string type = "multipart/form-data; boundary=b")
    {
        await simulator.SignInAsync();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var reply = await simulator.Http.PostAsync("/api/v2/externalcontacts/c-1/attachments", content);
        return reply.StatusCode;
    }
}
