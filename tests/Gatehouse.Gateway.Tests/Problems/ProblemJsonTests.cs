using System.Text.Json;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Problems;
using Gatehouse.Inspection;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Tests.Problems;

public sealed class ProblemJsonTests
{
    [Fact]
    public void A_problem_has_its_members_and_no_others()
    {
        var problem = Problem.TooLarge(5, "genesys", 9);
        Assert.Equal(
            """{"type":"/problems/file-too-large","title":"File too large","status":413,"detail":"A file may have at most 5 bytes.","code":"file-too-large","error":"File size exceeds the limit","field":"file","limit_bytes":5,"limit_by":"genesys","file_size_bytes":9}""",
            problem.ToJson());
    }

    [Fact]
    public void Every_member_is_written_under_its_contracts_name()
    {
        var full = new Problem(ProblemCodes.Busy)
        {
            Detail = "d",
            Field = "f",
            LimitBytes = 1,
            LimitBy = "l",
            FileSizeBytes = 2,
            DetectedMime = "m",
            AllowedMimes = ["a", "b"],
            Reason = "r",
            Quota = "q",
            Limit = 3,
            Used = 4,
            ResetsAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
            GenesysStatus = 5,
            GenesysCode = "g",
            CorrelationId = "c",
        };
        using var json = JsonDocument.Parse(full.ToJson());
        Assert.Equal(
            "type title status detail code error field limit_bytes limit_by file_size_bytes detected_mime allowed_mimes reason quota limit used resets_at genesys_status genesys_code correlation_id",
            string.Join(' ', json.RootElement.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("2026-01-02T02:04:05.000Z", json.RootElement.GetProperty("resets_at").GetString());
    }

    [Fact]
    public void Every_refusal_has_a_detail_but_a_fault_of_ours()
    {
        foreach (var code in ProblemCatalogue.All)
        {
            using var json = JsonDocument.Parse(new Problem(code).ToJson());
            Assert.Equal(!ReferenceEquals(code, ProblemCodes.InternalError), json.RootElement.TryGetProperty("detail", out var detail));
            if (detail.ValueKind == JsonValueKind.String) Assert.DoesNotContain('`', detail.GetString()!);
        }
    }

    [Fact]
    public void A_refused_type_keeps_the_inspections_sentence()
    {
        var problem = Problem.Of(new Verdict.Refuse(RefusalCode.TypeNotAllowed, Reason: null, "image/heic", 0, "This is an iPhone photo (HEIC). Send it as JPEG."), ["image/png"]);
        Assert.Equal("File type not allowed. This is an iPhone photo (HEIC). Send it as JPEG.", problem.Error);
        Assert.Equal("image/heic", problem.DetectedMime);
        Assert.Equal(["image/png"], problem.AllowedMimes);
    }

    [Theory]
    [InlineData("files", "quota-exceeded", 90.2, "91")]
    [InlineData("attempts", "too-many-attempts", -5, "1")]
    public async Task A_quota_says_when_to_come_again(string quota, string code, double seconds, string retryAfter)
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var problem = Problem.OverQuota(new QuotaUse(quota, 20, 20, now.AddSeconds(seconds)), now);
        Assert.Equal(code, problem.Code.Name);
        var context = new DefaultHttpContext();
        await ProblemResponse.WriteAsync(context, problem, CancellationToken.None);
        Assert.Equal(429, context.Response.StatusCode);
        Assert.Equal(retryAfter, context.Response.Headers.RetryAfter);
        Assert.Equal("application/problem+json", context.Response.ContentType);
    }

    [Theory]
    [InlineData("text/html,application/json;q=0.5", "busy", 200, "text/html; charset=utf-8", "<code>busy</code>")]
    [InlineData("*/*", "busy", 200, "text/html; charset=utf-8", "<h1>Busy</h1>")]
    [InlineData("application/json", "busy", 200, "application/json", "\"code\":\"busy\"")]
    [InlineData("application/json", "<script>", 404, "application/problem+json", "about:blank")]
    [InlineData("text/html", "<script>", 404, "text/html; charset=utf-8", "No such problem")]
    public async Task A_problems_type_leads_to_a_page(string accept, string code, int status, string type, string content)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        context.Request.Headers.Accept = accept;
        await ProblemPage.WriteAsync(context, code, CancellationToken.None);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Equal((status, type), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Contains(content, text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        if (type.StartsWith("text/html", StringComparison.Ordinal))
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", context.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }
}
