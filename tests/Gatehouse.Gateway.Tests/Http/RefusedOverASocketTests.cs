using System.Globalization;
using System.Text;
using Gatehouse.Gateway.Tests.Multipart;

namespace Gatehouse.Gateway.Tests.Http;

public sealed class RefusedOverASocketTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    public static TheoryData<string> Cases() =>
        [.. RefusedForms.All.Where(refused => refused.Code.Status == 400).Select(refused => refused.What)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_form_sent_as_raw_bytes_is_refused_with(string what)
    {
        var refused = RefusedForms.All.Single(one => string.Equals(one.What, what, StringComparison.Ordinal));
        var body = Form.Bytes(refused.Body);
        var head = $"POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {refused.ContentType}\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n";
        var answer = await server.SendRawAsync([.. Encoding.ASCII.GetBytes(head), .. body]);
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{refused.Code}\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Encoding: gzip", "Content-Encoding")]
    [InlineData("Content-Encoding: identity", "Content-Encoding")]
    [InlineData("Content-Type: multipart/form-data; boundary=BY", "more than one Content-Type")]
    public async Task A_request_header_is_refused(string header, string detail)
    {
        var body = Form.File() + Form.End;
        var answer = await server.SendRawAsync(Form.Bytes(
            $"POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\nContent-Type: {Form.ContentType}\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}"));
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains(detail, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_form_passes()
    {
        var body = Form.File() + Form.End;
        var answer = await server.SendRawAsync(Form.Bytes(
            $"POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {Form.ContentType}\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{body[..7]}\r\n{(body.Length - 7).ToString("x", CultureInfo.InvariantCulture)}\r\n{body[7..]}\r\n0\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("a.txt\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
    }
}
