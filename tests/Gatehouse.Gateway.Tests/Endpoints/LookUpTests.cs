using System.Text.Json;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Endpoints;

/// <summary>What there is to look at, on the real store.</summary>
public sealed class LookUpTests : GatewayAtSimulator
{
    [Fact]
    public async Task A_contacts_uploads_come_newest_first_in_pages_that_join()
    {
        List<string> sent = [];
        for (var i = 0; i < 5; i++) sent.Insert(0, (await Gateway.UploadAsync("ada", "file " + i)).Id);
        await Gateway.UploadAsync("bob", "not hers");
        List<string> seen = [];
        for (string? after = ""; after is not null;)
        {
            var page = (await Gateway.GetAsync($"/v1/contacts/ada/uploads?limit=2&after={after}")).Body;
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            after = page.GetProperty("next").GetString();
            Assert.Equal(5, page.GetProperty("quota").GetProperty("files").GetProperty("used").GetInt64());
        }
        Assert.Equal(sent, seen);
    }

    [Fact]
    public async Task A_contact_is_one_percent_encoded_segment_of_an_address_whatever_it_holds()
    {
        string[] contacts = ["external:a/b", "external:a%2Fb", "external:a%252Fb", "external:ä b+c?d#e", "phone:+49151234567", "email:x@y.example"];
        foreach (var contact in contacts)
        {
            using var form = new MultipartFormDataContent { { new StringContent("hello"), "file", "note.txt" }, { new StringContent(contact), "contact_id" } };
            using var reply = await Gateway.Http.PostAsync(new Uri("/upload", UriKind.Relative), form);
            Assert.Equal(200, (int)reply.StatusCode);
        }
        foreach (var contact in contacts)
        {
            var page = await Gateway.GetAsync($"/v1/contacts/{Uri.EscapeDataString(contact)}/uploads?limit=2");
            Assert.Equal(contact, Assert.Single(page.Body.GetProperty("items").EnumerateArray()).GetProperty("contact_id").GetString());
        }
    }

    [Theory]
    [InlineData("/v1/contacts/ada/uploads/bob/%2e%2e", 404)]
    [InlineData("/v1/contacts/ada/uploads/bob/..", 404)]
    [InlineData("/v1/contacts/ada/uploads/.", 404)]
    [InlineData("/v1/contacts/bob/../ada/uploads", 404)]
    [InlineData("/v1/contacts/ada/uploads", 200)]
    [InlineData("/v1/contacts/ada/uploads/?limit=1", 200)]
    [InlineData("http://gatehouse/v1/contacts/ada/uploads", 200)]
    public async Task An_address_with_dot_segments_names_no_contact(string target, int status)
    {
        await Gateway.UploadAsync("ada", "hers");
        await Gateway.UploadAsync("bob", "his");
        var answer = await RawRequest.GetAsync(Gateway.Http.BaseAddress!, target);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"contact_id\":\"bob\"", answer, StringComparison.Ordinal);
        Assert.Equal(status == 200, answer.Contains("\"contact_id\":\"ada\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_people_wrote_stays_readable_in_every_answer()
    {
        var upload = await Gateway.UploadAsync("phone:+49151234567", "hello", filename: "Übung <1>.txt");
        foreach (var path in (string[])[upload.Location, "/v1/contacts/phone:+49151234567/uploads"])
        {
            var text = await Gateway.Http.GetStringAsync(path);
            Assert.Contains("\"contact_id\":\"phone:+49151234567\"", text, StringComparison.Ordinal);
            Assert.Contains("\"original_filename\":\"Übung <1>.txt\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_after_what_is_no_upload_of_the_contact_is_a_404_that_names_after()
    {
        await Gateway.UploadAsync("ada", "hello");
        var bobs = (await Gateway.UploadAsync("bob", "hello")).Id;
        foreach (var after in (string[])["junk", "0", new string('0', 32), bobs, bobs.ToUpperInvariant(), $"{bobs}&after={bobs}"])
        {
            var answer = await Gateway.GetAsync("/v1/contacts/ada/uploads?after=" + after);
            Assert.Equal((404, "upload-not-found", "after"), (answer.Status, answer.Code, answer.Body.GetProperty("field").GetString()));
            Assert.StartsWith("after names no upload", answer.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 1)]
    [InlineData("2", 2)]
    [InlineData("50", 3)]
    [InlineData("51", 3)]
    [InlineData("99999999999", 3)]
    [InlineData("-1", 3)]
    [InlineData("two", 3)]
    [InlineData("", 3)]
    public async Task A_page_is_as_long_as_limit_says_and_50_where_it_says_nothing_sound(string limit, int items)
    {
        for (var i = 0; i < 3; i++) await Gateway.UploadAsync("ada", "file " + i);
        Assert.Equal(items, (await Gateway.GetAsync("/v1/contacts/ada/uploads?limit=" + limit)).Body.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("/v1/uploads/nonsense", 404, "upload-not-found")]
    [InlineData("/v1/uploads/00000000000000000000000000000000", 404, "upload-not-found")]
    [InlineData("/v1/contacts/a%20b/uploads", 400, "contact-id-invalid")]
    public async Task What_is_not_there_is_a_problem(string path, int status, string code)
    {
        var answer = await Gateway.GetAsync(path);
        Assert.Equal((status, code, "nosniff"), (answer.Status, answer.Code, answer.Header("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Readiness_survives_being_asked_many_times_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Gateway.GetAsync("/health/ready")));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Metrics_tell_of_uploads_steps_calls_lines_permits_and_refreshes()
    {
        await Gateway.UploadAsync("ada", "hello");
        using var reply = await Gateway.Http.GetAsync("/metrics");
        var text = await reply.Content.ReadAsStringAsync();
        Assert.StartsWith("text/plain; version=0.0.4", reply.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        foreach (var line in (string[])[
            "gatehouse_uploads_total{outcome=\"delivered\",code=\"\"} 1", "gatehouse_upload_bytes_total 5", "gatehouse_upload_step_seconds_count{step=\"admit\"} 1",
            "gatehouse_genesys_calls_total{operation=\"contact-attachments\",status=\"200\"} 1", "gatehouse_token_refreshes_total{result=\"ok\"} 1",
            "gatehouse_queue_lines 0", "gatehouse_queue_oldest_seconds 0", "gatehouse_genesys_permits -1", "gatehouse_genesys_paused 0", "gatehouse_route_up{route=\"contact-attachments\"} 1"])
        {
            Assert.Contains(line + "\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Metrics_tell_of_refusals_failed_calls_and_pauses()
    {
        await Gateway.UploadAsync("ada", "MZ\0\0 not text");
        await Genesys.FaultsAsync(new { status = 429, retry_after_seconds = 60 });
        await Gateway.UploadAsync("ada", "hello", prefer: "wait=0");
        await Eventually.GetAsync("the metrics tell", async () =>
        {
            var text = await Gateway.Http.GetStringAsync("/metrics");
            return (Told("gatehouse_uploads_total{outcome=\"refused\",code=\"type-not-allowed\"} 1", "gatehouse_uploads_total{outcome=\"accepted\",code=\"\"} 1",
                "gatehouse_genesys_calls_total{operation=\"contact-attachments\",status=\"429\"} 1", "gatehouse_genesys_pauses_total 1", "gatehouse_genesys_paused_seconds_total 60",
                "gatehouse_genesys_paused 1", "gatehouse_genesys_permits 0", "gatehouse_queue_uploads 1", "gatehouse_queue_lines 1", "gatehouse_queue_bytes 5",
                "gatehouse_delivery_attempts_total{route=\"contact-attachments\",outcome=\"rate_limited\"} 1"), text);

            bool Told(params string[] lines) => lines.All(line => text.Contains(line + "\n", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task The_policy_names_types_limits_quotas_and_routes()
    {
        var policy = await Gateway.GetAsync("/v1/policy");
        Assert.Equal(200, policy.Status);
        Assert.Equal(
            """
            {"types":[{"mime":"image/png","extensions":["png"]},{"mime":"image/jpeg","extensions":["jpg","jpeg","jpe","jfif"]},{"mime":"application/pdf","extensions":["pdf"]},{"mime":"text/plain","extensions":["txt","text","log"]}],"limits":{"max_file_bytes":5242880,"max_pixels":70000000,"min_bytes_per_second":1024},"quotas":{"max_files":1000,"max_bytes":104857600,"window_hours":24,"max_concurrent":8,"max_attempts_per_hour":1000},"dedupe_retention_hours":24,"routes":[{"name":"contact-attachments","max_file_bytes":5242880,"needs":[],"default":true}]}
            """,
            policy.Body.GetRawText());
    }

    [Fact]
    public async Task The_Messengers_pages_have_the_shapes_that_Genesys_and_its_widget_read()
    {
        Assert.Equal(
            """
            {"fileUpload":{"modes":[{"fileTypes":["image/png","image/jpeg","application/pdf","text/plain"],"maxFileSizeKB":5120}]}}
            """,
            (await Gateway.GetAsync("/v1/policy/messenger")).Body.GetRawText());
        using var reply = await Gateway.Http.GetAsync("/web-messaging-config.js");
        Assert.Equal("text/javascript; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            """
            window.gatehouseMessagingConfig = {"fileAttachment":{"allowedFileTypes":["image/png","image/jpeg","application/pdf","text/plain"],"maxSize":5242880}};

            """,
            await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_policy_pages_agree()
    {
        var limit = (await Gateway.GetAsync("/v1/policy")).Body.GetProperty("limits").GetProperty("max_file_bytes").GetInt64();
        var mode = (await Gateway.GetAsync("/v1/policy/messenger")).Body.GetProperty("fileUpload").GetProperty("modes")[0];
        Assert.Equal(limit / 1024, mode.GetProperty("maxFileSizeKB").GetInt64());
        var script = await Gateway.Http.GetStringAsync("/web-messaging-config.js");
        var json = JsonSerializer.Deserialize<JsonElement>(script["window.gatehouseMessagingConfig = ".Length..].TrimEnd(';', '\n'));
        Assert.Equal(limit, json.GetProperty("fileAttachment").GetProperty("maxSize").GetInt64());
        Assert.Equal(mode.GetProperty("fileTypes").GetRawText(), json.GetProperty("fileAttachment").GetProperty("allowedFileTypes").GetRawText());
    }
}
