namespace Gatehouse.Gateway.Tests.Multipart;

public sealed class AcceptedFormsTests
{
    public static TheoryData<string, string> Bodies() => new()
    {
        { "empty lines before and after", "\r\n\r\n" + Form.File() + "--BX--\r\n\r\n" },
        { "nothing after the final boundary", Form.File() + "--BX--" },
        { "7bit", Form.File(headers: "Content-Transfer-Encoding: 7bit\r\n") },
        { "8bit", Form.File(headers: "content-transfer-encoding: 8BIT\r\n") },
        { "binary", Form.File(headers: "Content-Transfer-Encoding: binary\r\n") },
        { "a length that is true", Form.File(headers: "Content-Length: 5\r\n") },
        { "an empty file input before the file", Form.File("", "name=\"file\"; filename=\"\"") + Form.File() },
        { "an empty file input after the file", Form.File() + Form.File("", "name=\"file\"; filename=\"\"") },
        { "an empty file input of another name", Form.File("", "name=\"other\"; filename=\"\"") + Form.File() },
        { "16 unknown fields of 4 KB", string.Concat(Enumerable.Range(0, 16).Select(i => Form.Field("f" + i, new string('x', 4096)))) + Form.File() },
        { "an unknown field twice", Form.Field("x", "1") + Form.Field("x", "2") + Form.File() },
        { "16 headers", Form.File(headers: string.Concat(Enumerable.Range(0, 15).Select(i => $"X-{i}: v\r\n"))) },
        { "16 parameters", Form.File(disposition: "name=\"file\"; filename=\"a.txt\"" + string.Concat(Enumerable.Range(0, 14).Select(i => $"; p{i}=x"))) },
        { "names without quotes", Form.File(disposition: "name=file; filename=a.txt") },
        { "an ASCII fallback of the same extension", Form.File(disposition: "name=\"file\"; filename=\"fallback.txt\"; filename*=UTF-8''a.txt") },
        { "ASCII in Latin-1", Form.Field("contact_id", "ada", "Content-Type: text/plain; charset=ISO-8859-1\r\n") + Form.File() },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_form_is_accepted_with(string what, string body)
    {
        var (problem, sink) = await Form.ReadAsync(body.Contains("--BX--", StringComparison.Ordinal) ? body : body + Form.End);
        Assert.True(problem is null, $"{what}: {problem?.Detail}");
        Assert.Equal("hello", System.Text.Encoding.ASCII.GetString(sink.Bytes));
        Assert.EndsWith("a.txt", sink.File!.Filename, StringComparison.Ordinal);
        Assert.True(sink.FileEnded);
    }

    [Theory]
    [InlineData("filename=\"a%22b.txt\"", "a\"b.txt")]
    [InlineData("filename=\"a\\\"b.txt\"", "a\"b.txt")]
    [InlineData("filename=\"a\\\\b.txt\"", "a\\b.txt")]
    [InlineData("filename=\"C:\\fakepath\\b.txt\"", "C:\\fakepath\\b.txt")]
    [InlineData("filename=\"../../b.txt\"", "../../b.txt")]
    [InlineData("filename*=UTF-8'de'M%C3%BCller.txt", "Müller.txt")]
    [InlineData("filename=\"=?utf-8?B?TcO8bGxlci50eHQ=?=\"; filename*=utf-8''M%C3%BCller.txt", "Müller.txt")]
    [InlineData("filename=\"=?utf-8?Q?M=C3=BCller.txt?=\"; filename*=utf-8''M%C3%BCller.txt", "Müller.txt")]
    [InlineData("filename=\"=?utf-8?B?Li4vYi5odG1s?=\"", "=?utf-8?B?Li4vYi5odG1s?=")]
    [InlineData("filename=\"a.txt\"; filename*=utf-8''a%EF%BF%BE.txt", "a\uFFFE.txt")]
    [InlineData("filename=\"=?utf-8?B?Ye+/vi50eHQ=?=\"; filename*=utf-8''a.txt", "a.txt")]
    [InlineData("filename=\"100% sure; really.txt\"", "100% sure; really.txt")]
    public async Task A_name_is_what_the_client_meant(string parameter, string expected)
    {
        var (problem, sink) = await Form.ReadAsync(Form.File(disposition: "name=\"file\"; " + parameter) + Form.End);
        Assert.Null(problem?.Detail);
        Assert.Equal(expected, sink.File?.Filename);
    }

    [Fact]
    public async Task A_file_of_no_bytes_reaches_the_sink()
    {
        var (problem, sink) = await Form.ReadAsync(Form.File("") + Form.End);
        Assert.Null(problem);
        Assert.True(sink.FileEnded);
        Assert.Empty(sink.Bytes);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r\n--")]
    [InlineData("\r\n--B\r\n--B")]
    [InlineData("--B")]
    [InlineData("\r\r\r\n--\r")]
    [InlineData("\n\n--B\n-")]
    public async Task Content_that_begins_like_a_delimiter_is_kept(string content)
    {
        var (problem, sink) = await Form.ReadAsync(Form.File(content) + Form.End);
        Assert.Null(problem?.Detail);
        Assert.Equal(content, System.Text.Encoding.ASCII.GetString(sink.Bytes));
    }

    [Fact]
    public async Task Known_fields_reach_the_sink_before_and_after_the_file_and_others_do_not()
    {
        var (problem, sink) = await Form.ReadAsync(Form.Field("route", "r") + Form.Field("other", "o") + Form.File() + Form.Field("sender_id", Form.Utf8("ü")) + Form.End);
        Assert.Null(problem);
        Assert.Equal("route=r sender_id=ü", string.Join(' ', sink.Fields.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public async Task The_declared_type_loses_its_parameters()
    {
        var (_, sink) = await Form.ReadAsync(Form.File(headers: "Content-Type: Text/Plain; charset=\"utf-8\"\r\n") + Form.End);
        Assert.Equal("text/plain", sink.File?.DeclaredMime);
    }

    [Fact]
    public async Task A_file_of_exactly_the_limit_passes()
    {
        var (problem, sink) = await Form.ReadAsync(Form.File(new string('x', 1000)) + Form.End);
        Assert.Null(problem);
        Assert.Equal(1000, sink.Bytes.Length);
    }
}
