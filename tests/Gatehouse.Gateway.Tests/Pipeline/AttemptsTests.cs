using System.Text;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Pipeline;

/// <summary>Uploads tried in an hour, refused ones included, whatever they were refused for.</summary>
public sealed class AttemptsTests : GatewayAtScript
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Quotas = options.Quotas with { MaxAttempts = 3 } };

    [Theory]
    [InlineData("", "note.txt", 400, "file-empty")]
    [InlineData("hello", "..", 400, "filename-invalid")]
    public async Task What_is_refused_without_a_byte_of_its_file_is_an_attempt_too(string text, string filename, int status, string code)
    {
        for (var i = 0; i < 3; i++)
        {
            var refused = await Gateway.UploadAsync("ada", text, filename: filename);
            Assert.Equal((status, code), (refused.Status, refused.Code));
        }
        Assert.Equal((429, "too-many-attempts"), await NextAsync());
    }

    [Fact]
    public async Task A_form_that_is_broken_before_its_file_is_an_attempt_and_one_whose_body_was_not_begun_is_none()
    {
        for (var i = 0; i < 3; i++) await SendAsync("Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n", 413);
        Assert.Equal((200, null), await NextAsync());
        for (var i = 0; i < 2; i++) await SendAsync("Content-Length: 5\r\n\r\nhello", 400);
        Assert.Equal((429, "too-many-attempts"), await NextAsync());

        async Task SendAsync(string rest, int status)
        {
            var answer = await RawRequest.SendAsync(Gateway.Http.BaseAddress!, Encoding.ASCII.GetBytes($"POST /upload HTTP/1.1\r\nHost: gatehouse\r\nConnection: close\r\nX-Contact-Id: ada\r\nContent-Type: multipart/form-data; boundary=b\r\n{rest}"));
            Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_keeps_sending_what_is_refused_is_turned_away_until_the_hour_has_passed()
    {
        for (var i = 0; i < 2; i++) Assert.Equal(415, (await Gateway.UploadAsync("ada", "MZ\0\0 not text " + i)).Status);
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello")).Status);
        for (var i = 0; i < 2; i++)
        {
            var away = await Gateway.UploadAsync("ada", "hello again");
            Assert.Equal((429, "too-many-attempts", "attempts"), (away.Status, away.Code, away.Body.GetProperty("quota").GetString()));
            Assert.Equal((3, 3), (away.Body.GetProperty("limit").GetInt32(), away.Body.GetProperty("used").GetInt32()));
            Assert.InRange(away.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1) + TimeSpan.FromMinutes(10));
        }
        Assert.Equal(200, (await Gateway.UploadAsync("bob", "hello again")).Status);

        // Being turned away was no attempt: else the first look after the hour would be in vain.
        Clock.Advance(TimeSpan.FromMinutes(75));
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello again")).Status);
    }

    private async Task<(int Status, string? Code)> NextAsync()
    {
        var answer = await Gateway.UploadAsync("ada", "hello");
        return (answer.Status, answer.Code);
    }
}
