using System.Text;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Http;

/// <summary>Headers whose bytes are no text.</summary>
public sealed class HeaderEncodingTests : GatewayAtSimulator
{
    [Theory]
    [InlineData("X-Contact-Id: external:\u00FF", "contact-id-invalid")]
    [InlineData("X-Contact-Id: external:\u00C3\u00BC", "file-missing")]
    [InlineData("Idempotency-Key: k\u00FF", "idempotency-key-invalid")]
    [InlineData("Prefer: \u00FF", "prefer-invalid")]
    [InlineData("X-Guest-Token: \u00FF", "multipart-invalid")]
    public async Task Bytes_that_are_no_UTF_8_in_a_header_of_ours_are_its_problem(string header, string code)
    {
        var answer = await RawRequest.SendAsync(Gateway.Http.BaseAddress!, Encoding.Latin1.GetBytes($"POST /upload HTTP/1.1\r\nHost: gatehouse\r\nConnection: close\r\nContent-Length: 0\r\n{header}\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
    }
}
