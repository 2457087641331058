using System.Net;
using System.Net.Sockets;
using System.Text;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Http;

/// <summary>Clients that go away, or send what no client sends, against the whole gateway.</summary>
public sealed class CutOffTests : GatewayAtSimulator
{
    private const int Cuts = 60;

    private const string FileBegins =
        "POST /upload HTTP/1.1\r\nHost: x\r\nX-Contact-Id: ada\r\nContent-Type: multipart/form-data; boundary=BX\r\nContent-Length: 500000\r\n\r\n" +
        "--BX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nthe beginning of a text, ";

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Quotas = options.Quotas with { MaxConcurrent = 1 } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_is_cut_off_in_its_body_has_hung_up_and_its_contact_has_made_no_attempt(bool reset)
    {
        for (var i = 0; i < Cuts; i++)
        {
            using var socket = await ConnectAsync();
            await SendAsync(socket, FileBegins + new string('a', i * 1000));
            if (i % 2 == 0) await SlotIsTakenAsync();
            if (reset) socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        await Eventually.TrueAsync(() => Gateway.Get<ReceiveSlots>().Contacts == 0);
        var metrics = await Gateway.Http.GetStringAsync("/metrics");
        Assert.DoesNotContain("outcome=\"refused\"", metrics, StringComparison.Ordinal);
        var quota = (await Gateway.GetAsync("/v1/contacts/ada/uploads")).Body.GetProperty("quota");
        Assert.Equal(0, quota.GetProperty("attempts").GetProperty("used").GetInt64());
    }

    [Fact]
    public async Task A_refusal_that_is_being_drained_holds_no_slot()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, FileBegins.Replace("the beginning", "%!PS-Adobe-3.0\n", StringComparison.Ordinal) + new string('\0', Inspection.Inspector.PrefixLength));
        var answer = new byte[2000];
        var count = await socket.ReceiveAsync(answer);
        Assert.StartsWith("HTTP/1.1 415 ", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
        // The body is not at its end, and the connection open.
        Assert.Equal(0, Gateway.Get<ReceiveSlots>().Contacts);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF\r\nabc")]
    [InlineData("7fffffff1\r\nabc")]
    [InlineData("-1\r\nabc")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    public async Task A_chunk_size_that_is_none_is_a_malformed_upload(string chunks)
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=BX\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        var answer = await EdgeServer.ReadToEndAsync(socket);
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"multipart-invalid\"", answer, StringComparison.Ordinal);
    }

    private Task SlotIsTakenAsync() => Eventually.TrueAsync(() => Gateway.Get<ReceiveSlots>().Contacts == 1);

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(Gateway.App.Urls.First()).Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent));
    }
}
