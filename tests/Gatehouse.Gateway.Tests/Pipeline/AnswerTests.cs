using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Pipeline;

/// <summary>What a caller is answered, over HTTP, with the real store and a real Genesys-like server behind.</summary>
public sealed class AnswerTests : GatewayAtSimulator
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Quotas = options.Quotas with { MaxFiles = 3 } };

    [Fact]
    public async Task A_file_is_answered_200_and_arrives_with_its_own_bytes_under_its_own_id()
    {
        var answer = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((200, "delivered", "/v1/uploads/" + answer.Id), (answer.Status, answer.State, answer.Location));
        Assert.Equal(1, answer.Body.GetProperty("upload").GetProperty("attempts").GetInt32());
        Assert.Equal("ada", answer.Body.GetProperty("result").GetProperty("contactId").GetString());
        var receipt = Assert.Single(await Genesys.ReceivedAsync());
        Assert.Equal(RunningGateway.Sha256("hello"), receipt.GetProperty("sha256").GetString());
        Assert.Equal(answer.Id, receipt.GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task The_same_bytes_again_are_answered_with_the_first_upload_and_not_sent()
    {
        var first = await Gateway.UploadAsync("ada", "hello");
        var second = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((200, first.Id, true), (second.Status, second.Id, second.Body.GetProperty("upload").GetProperty("duplicate").GetBoolean()));
        Assert.Single(await Genesys.ReceivedAsync());
        Assert.Equal(200, (await Gateway.UploadAsync("bob", "hello")).Status);
        Assert.Equal(2, (await Genesys.ReceivedAsync()).Count);
    }

    [Fact]
    public async Task A_contact_that_Genesys_does_not_know_is_a_404_that_costs_no_quota()
    {
        await Genesys.FaultsAsync(new { unknown_contacts = new[] { "ada" } });
        for (var i = 0; i < 4; i++)
        {
            var answer = await Gateway.UploadAsync("ada", "hello " + i);
            Assert.Equal((404, "contact-not-found"), (answer.Status, answer.Code));
            Assert.NotNull(answer.Body.GetProperty("correlation_id").GetString());
            Assert.Equal("failed", (await Gateway.GetAsync(answer.Location)).State);
        }
        await Genesys.HealAsync();
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello 0")).Status);
    }

    [Fact]
    public async Task A_file_too_large_for_Genesys_is_a_413_that_says_whose_limit_it_was()
    {
        await Genesys.FaultsAsync(new { status = 413 });
        var answer = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((413, "file-too-large", "genesys", 5L), (answer.Status, answer.Code, answer.Body.GetProperty("limit_by").GetString(), answer.Body.GetProperty("file_size_bytes").GetInt64()));
        Assert.Equal(512_000, answer.Body.GetProperty("limit_bytes").GetInt64());
    }

    [Fact]
    public async Task Any_other_refusal_of_Genesys_is_a_502_with_its_status_and_code()
    {
        await Genesys.FaultsAsync(new { status = 400 });
        var answer = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal((502, "genesys-refused", 400), (answer.Status, answer.Code, answer.Body.GetProperty("genesys_status").GetInt32()));
        Assert.NotNull(answer.Body.GetProperty("genesys_code").GetString());
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task A_caller_that_does_not_wait_is_answered_202_and_the_file_arrives()
    {
        var answer = await Gateway.UploadAsync("ada", "hello", prefer: "respond-async");
        Assert.Equal("respond-async", answer.Header("Preference-Applied"));
        Assert.Contains(answer.Status, new[] { 200, 202 });
        await Gateway.UntilAsync(answer.Location, "delivered");
    }

    [Fact]
    public async Task A_repeat_under_its_idempotency_key_is_shown_the_same_upload()
    {
        var first = await Gateway.UploadAsync("ada", "hello", key: "k1", prefer: "wait=3");
        Assert.Equal("wait=3", first.Header("Preference-Applied"));
        var again = await Gateway.UploadAsync("ada", "hello", key: "k1", prefer: "wait=3");
        Assert.Equal((200, first.Id, "true"), (again.Status, again.Id, again.Header("Idempotency-Replayed")));
        // It is answered at once, whatever it prefers.
        Assert.Null(again.Header("Preference-Applied"));
        Assert.Single(await Genesys.ReceivedAsync());
        var other = await Gateway.UploadAsync("ada", "other", key: "k1");
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task A_repeat_while_the_first_waits_for_its_delivery_is_shown_the_present_state()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        using var hangUp = new CancellationTokenSource();
        var first = Gateway.UploadAsync("ada", "hello", key: "k1", cancellationToken: hangUp.Token);
        await Gateway.UntilAdmittedAsync("ada");
        var again = await Gateway.UploadAsync("ada", "hello", key: "k1");
        Assert.Equal((202, "true"), (again.Status, again.Header("Idempotency-Replayed")));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task One_file_more_than_the_quota_is_a_429_that_says_when_to_come_back()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello " + i)).Status);
        var answer = await Gateway.UploadAsync("ada", "one more");
        Assert.Equal((429, "quota-exceeded", "files", 3L), (answer.Status, answer.Code, answer.Body.GetProperty("quota").GetString(), answer.Body.GetProperty("limit").GetInt64()));
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(3, (await Genesys.ReceivedAsync()).Count);
    }

    [Fact]
    public async Task A_large_file_goes_through_the_blob_store_and_its_blob_is_gone_after_delivery()
    {
        var text = string.Join('\n', Enumerable.Range(0, 60_000).Select(i => "line " + i));
        var answer = await Gateway.UploadAsync("ada", text);
        Assert.Equal(200, answer.Status);
        Assert.Equal(RunningGateway.Sha256(text), Assert.Single(await Genesys.HashesAsync()));
        var blobs = Gateway.Get<Gatehouse.Actors.IBlobStore>();
        await Eventually.TrueAsync(() => blobs.StoredBytes == 0);
        Assert.True((await Gateway.UploadAsync("ada", text)).Body.GetProperty("upload").GetProperty("duplicate").GetBoolean());
        Assert.Equal(0, blobs.StoredBytes);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60_000)]
    public async Task The_key_of_a_duplicate_stands_for_the_first_upload_whatever_its_size(int lines)
    {
        var text = string.Join('\n', Enumerable.Range(0, lines).Select(i => "line " + i));
        var first = await Gateway.UploadAsync("ada", text);
        var duplicate = await Gateway.UploadAsync("ada", text, key: "k1");
        Assert.True(duplicate.Body.GetProperty("upload").GetProperty("duplicate").GetBoolean());
        var again = await Gateway.UploadAsync("ada", text, key: "k1");
        Assert.Equal((200, first.Id, "true"), (again.Status, again.Id, again.Header("Idempotency-Replayed")));
        var other = await Gateway.UploadAsync("ada", text + "other", key: "k1");
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
    }
}
