using System.Net;
using System.Net.Sockets;
using System.Text;
using Gatehouse.Gateway.Http;
using Gatehouse.Gateway.Tests.Multipart;

namespace Gatehouse.Gateway.Tests.Http;

/// <summary>A refusal before the end of the body reaches the client, whichever way it sends.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const int SixMegabytes = 6 * 1024 * 1024;

    private const long Endless = 256 * 1024 * 1024;

    private readonly EdgeServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HttpClient_sees_why_a_file_of_6_MB_is_refused(bool chunked)
    {
        using var client = new HttpClient();
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(new byte[SixMegabytes]), "file", "big.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Upload) { Content = form };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("\"limit_bytes\":5242880", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(_server.LastSink!.Bytes.Length <= EdgeServer.MaxFileBytes);
    }

    [Fact]
    public async Task A_request_that_declares_too_much_is_refused_before_a_byte_is_parsed()
    {
        _server.Drain = new DrainLimits { MaxTime = TimeSpan.FromMilliseconds(50) };
        using var socket = await _server.ConnectAsync();
        await SendAllAsync(socket, [.. Head($"Content-Length: {SixMegabytes * 2}"), .. "not a form at all"u8]);
        var answer = await EdgeServer.ReadToEndAsync(socket);
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("file_size_bytes", answer, StringComparison.Ordinal);
        Assert.Null(_server.LastSink!.File);
    }

    [Fact]
    public async Task A_client_that_sends_all_before_it_listens_gets_the_answer()
    {
        _server.RefuseUnread = true;
        using var socket = await _server.ConnectAsync();
        await SendAllAsync(socket, Head($"Content-Length: {SixMegabytes}"));
        await SendAllAsync(socket, new byte[SixMegabytes]);
        var answer = await EdgeServer.ReadToEndAsync(socket);
        Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_waits_for_a_100_gets_the_refusal_instead_and_the_connection_closes()
    {
        _server.RefuseUnread = true;
        _server.Drain = new DrainLimits { ExpectGrace = TimeSpan.FromMilliseconds(50), MaxTime = TimeSpan.FromHours(1) };
        using var socket = await _server.ConnectAsync();
        await SendAllAsync(socket, Head($"Expect: 100-continue\r\nContent-Length: {SixMegabytes}"));
        // Ends only when the server closes: this side never does.
        var answer = await EdgeServer.ReadToEndAsync(socket);
        Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("100 Continue", answer, StringComparison.Ordinal);
        Assert.EndsWith("}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_did_not_wait_for_its_100_gets_the_refusal_too()
    {
        _server.RefuseUnread = true;
        using var socket = await _server.ConnectAsync();
        await SendAllAsync(socket, [.. Head($"Expect: 100-continue\r\nContent-Length: {SixMegabytes}"), .. new byte[SixMegabytes]]);
        var answer = await EdgeServer.ReadToEndAsync(socket);
        Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("100 Continue", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_may_send_is_told_so()
    {
        using var socket = await _server.ConnectAsync();
        var body = Form.Bytes(Form.File() + Form.End);
        await SendAllAsync(socket, Head($"Connection: close\r\nExpect: 100-continue\r\nContent-Length: {body.Length}"));
        var buffer = new byte[1000];
        var count = await socket.ReceiveAsync(buffer);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
        await SendAllAsync(socket, body);
        Assert.StartsWith("HTTP/1.1 200 ", await EdgeServer.ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_than_the_limit_is_discarded()
    {
        _server.RefuseUnread = true;
        _server.Drain = new DrainLimits { MaxBytes = 1024 * 1024, MaxTime = TimeSpan.FromHours(1) };
        using var socket = await _server.ConnectAsync();
        await SendAllAsync(socket, Head($"Content-Length: {long.MaxValue}"));
        var sending = SendUntilClosedAsync(socket);
        var buffer = new byte[1000];
        var count = await socket.ReceiveAsync(buffer);
        Assert.StartsWith("HTTP/1.1 429 ", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
        // The limit, and what the two ends' buffers hold.
        Assert.InRange(await sending, 1, Endless - 1);
        await _server.Refused.Task;
    }

    [Fact]
    public async Task A_client_that_stops_sending_is_not_waited_for_longer_than_the_limit()
    {
        _server.RefuseUnread = true;
        _server.Drain = new DrainLimits { MaxTime = TimeSpan.FromMilliseconds(50) };
        using var socket = await _server.ConnectAsync();
        await SendAllAsync(socket, Head("Content-Length: 1000"));
        Assert.StartsWith("HTTP/1.1 429 ", await EdgeServer.ReadToEndAsync(socket), StringComparison.Ordinal);
        await _server.Refused.Task;
    }

    [Fact]
    public async Task A_refusal_after_the_whole_body_keeps_the_connection()
    {
        using var socket = await _server.ConnectAsync();
        await SendAllAsync(socket, [.. "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"u8, .. "GET /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8]);
        Assert.Equal(3, (await EdgeServer.ReadToEndAsync(socket)).Split("HTTP/1.1 400 ").Length);
    }

    [Fact]
    public async Task A_broken_chunk_is_a_malformed_upload()
    {
        // What comes after a broken chunk cannot be told from another: nothing is drained for long.
        _server.Drain = new DrainLimits { MaxTime = TimeSpan.FromMilliseconds(50) };
        var answer = await _server.SendRawAsync(Form.Bytes(
            $"POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {Form.ContentType}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n--BX"));
        Assert.Contains("\"code\":\"multipart-invalid\"", answer, StringComparison.Ordinal);
    }

    /// <summary>How many bytes went before the server closed, which it must before <see cref="Endless"/>.</summary>
    private static async Task<long> SendUntilClosedAsync(Socket socket)
    {
        long sent = 0;
        try
        {
            while (sent < Endless) sent += await socket.SendAsync(new byte[64 * 1024]);
        }
        catch (SocketException)
        {
            // The server has closed.
        }
        return sent;
    }

    private static byte[] Head(string headers) => Form.Bytes($"POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: {Form.ContentType}\r\n{headers}\r\n\r\n");

    private static async Task SendAllAsync(Socket socket, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent));
    }
}
