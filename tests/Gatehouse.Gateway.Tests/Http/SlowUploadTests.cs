using Gatehouse.Gateway.Tests.Multipart;

namespace Gatehouse.Gateway.Tests.Http;

public sealed class SlowUploadTests : IAsyncLifetime
{
    private readonly EdgeServer _server = new() { MinBytesPerSecond = 1024 };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_body_below_the_minimum_rate_ends_with_a_408()
    {
        using var socket = await _server.ConnectAsync();
        await socket.SendAsync(Form.Bytes($"POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: {Form.ContentType}\r\nContent-Length: 1000\r\n\r\n--BX\r\n"));
        var answer = await EdgeServer.ReadToEndAsync(socket);
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"upload-too-slow\"", answer, StringComparison.Ordinal);
    }
}
