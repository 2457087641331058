using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Tests.Multipart;

public sealed class RefusedFormsTests
{
    public static TheoryData<string> Cases() => [.. RefusedForms.All.Select(refused => refused.What)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_form_is_refused_and_told_what_is_wrong_with(string what)
    {
        var refused = RefusedForms.All.Single(one => string.Equals(one.What, what, StringComparison.Ordinal));
        var (problem, _) = await Form.ReadAsync(refused.Body, refused.ContentType);
        Assert.Equal(refused.Code, problem?.Code);
        Assert.Contains(refused.Detail, problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformation_says_where_it_is()
    {
        var first = Form.Field("contact_id", "ada");
        var (problem, _) = await Form.ReadAsync(first + Form.Field("route", "\xFF") + Form.File() + Form.End);
        Assert.StartsWith("Part 2, near byte ", problem?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_parsed_after_a_refusal()
    {
        var (problem, sink) = await Form.ReadAsync(Form.Field("route", "a") + Form.Field("route", "b") + Form.Field("sender_id", "c") + Form.File() + Form.End);
        Assert.Same(ProblemCodes.MultipartInvalid, problem?.Code);
        Assert.Null(sink.File);
        Assert.DoesNotContain("sender_id", sink.Fields);
    }

    [Fact]
    public async Task No_byte_beyond_the_limit_reaches_the_sink()
    {
        var (problem, sink) = await Form.ReadAsync(Form.File(new string('x', 5000)) + Form.End);
        Assert.Same(ProblemCodes.FileTooLarge, problem?.Code);
        Assert.Equal(1000, problem?.LimitBytes);
        Assert.True(sink.Bytes.Length <= 1000);
        Assert.False(sink.FileEnded);
    }
}
