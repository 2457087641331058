using Gatehouse.Scenarios.Cluster.Checking;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>The judge of the failure runs is judged: each planted fault is found and named, and what is allowed passes.</summary>
public sealed class CheckerTests
{
    private readonly Story _story = new();

    [Fact]
    public void A_clean_history_passes()
    {
        for (var i = 0; i < 30; i++) _story.Deliver($"contact-{i % 4}", i, told: i % 2 == 0 ? 200 : 202);
        _story.Answer("late", "contact-1", new Reply(503, Code: "busy", HasRetryAfter: true), 31);
        _story.Answer("early", "contact-1", new Reply(409, Code: "in-progress"), 32);
        Assert.Empty(_story.Broken);
    }

    [Fact]
    public void An_upload_that_ended_with_a_reason_passes()
    {
        var id = _story.Deliver("anna", 1, told: 202);
        _story.Arrivals.Clear();
        _story.Uploads[0] = _story.Uploads[0] with { Status = "failed", Reason = "genesys-refused" };
        Assert.Empty(_story.Broken);
        _story.Sendings.Add(_story.Sendings[0] with { Reply = new Reply(200, id) });
        Assert.Equal(["answered 200 and not delivered"], _story.Broken);
    }

    [Fact]
    public void A_record_that_was_dropped_is_reported()
    {
        _story.Deliver("anna", 1);
        var dropped = _story.Deliver("anna", 2, told: 202);
        _story.Arrivals.RemoveAll(a => string.Equals(a.MessageId, dropped, StringComparison.Ordinal));
        Assert.Equal(["delivered and never arrived"], _story.Broken);
    }

    [Fact]
    public void An_upload_that_was_answered_for_and_is_gone_is_reported()
    {
        _story.Deliver("anna", 1, told: 202);
        _story.Arrivals.Clear();
        _story.Uploads.Clear();
        Assert.Equal(["answered for and lost"], _story.Broken);
    }

    [Fact]
    public void An_upload_that_never_ended_is_reported_though_nobody_was_told_of_it()
    {
        _story.Deliver("anna", 1);
        _story.Arrivals.Clear();
        _story.Sendings[0] = _story.Sendings[0] with { Reply = null, Broken = "cut off" };
        _story.Uploads[0] = _story.Uploads[0] with { Status = "queued" };
        Assert.Equal(["admitted and not ended"], _story.Broken);
    }

    [Fact]
    public void An_end_without_a_reason_is_reported()
    {
        _story.Deliver("anna", 1, told: 202);
        _story.Uploads[0] = _story.Uploads[0] with { Status = "expired" };
        Assert.Equal(["ended without a reason"], _story.Broken);
    }

    [Fact]
    public void A_200_that_came_before_the_arrival_is_reported()
    {
        _story.Deliver("anna", 1);
        _story.Arrivals[0] = _story.Arrivals[0] with { At = Story.Second(1.4) };
        Assert.Equal(["answered 200 before it arrived"], _story.Broken);
    }

    [Fact]
    public void Arrivals_that_were_swapped_are_reported()
    {
        _story.Deliver("anna", 1, told: 202);
        _story.Deliver("ben", 1.5);
        _story.Deliver("anna", 2, told: 202);
        Assert.Empty(_story.Broken);
        (_story.Arrivals[0], _story.Arrivals[2]) = (_story.Arrivals[0] with { At = _story.Arrivals[2].At }, _story.Arrivals[2] with { At = _story.Arrivals[0].At });
        Assert.Equal(["arrived out of order"], _story.Broken);
    }

    [Fact]
    public void Admissions_against_the_order_that_a_client_saw_are_reported()
    {
        _story.Deliver("anna", 1);
        _story.Deliver("anna", 2);
        _story.Uploads.Reverse();
        Assert.Contains("admitted out of order", _story.Broken);
    }

    [Fact]
    public void Files_that_were_sent_side_by_side_may_be_admitted_either_way()
    {
        _story.Deliver("anna", 1);
        _story.Deliver("anna", 1.1);
        _story.Uploads.Reverse();
        _story.Arrivals[0] = _story.Arrivals[0] with { At = Story.Second(1.3) };
        _story.Sendings[0] = _story.Sendings[0] with { EndedAt = Story.Second(1.4) };
        Assert.Empty(_story.Broken);
    }

    [Fact]
    public void A_repeat_under_a_new_id_is_reported()
    {
        var id = _story.Deliver("anna", 1, replyLost: true);
        _story.Deliver("anna", 2);
        _story.Uploads[1] = _story.Uploads[0] with { Id = _story.Uploads[1].Id };
        _story.Arrivals[1] = _story.Arrivals[0] with { MessageId = _story.Uploads[1].Id, At = _story.Arrivals[1].At };
        _story.Sendings[1] = _story.Sendings[1] with { File = _story.Sendings[0].File };
        Assert.Equal(["repeated under a new id"], _story.Broken);
        _story.Arrivals.Add(_story.Arrivals[0] with { At = Story.Second(1.3) });
        _story.Arrivals.RemoveAt(1);
        _story.Uploads.RemoveAt(1);
        _story.Sendings[1] = _story.Sendings[1] with { Reply = new Reply(202, id) };
        Assert.Empty(_story.Broken);
    }

    [Fact]
    public void A_file_whose_upload_was_given_up_may_come_again_under_another_id()
    {
        _story.Deliver("anna", 1, told: 202);
        _story.Deliver("anna", 2);
        _story.Uploads[0] = _story.Uploads[0] with { Status = "failed", Reason = "genesys-refused" };
        _story.Uploads[1] = _story.Uploads[0] with { Id = _story.Uploads[1].Id, Status = "delivered", Reason = null };
        _story.Arrivals[1] = _story.Arrivals[0] with { MessageId = _story.Uploads[1].Id, At = _story.Arrivals[1].At };
        _story.Arrivals.RemoveAt(0);
        _story.Sendings[1] = _story.Sendings[1] with { File = _story.Sendings[0].File };
        Assert.Empty(_story.Broken);
    }

    [Fact]
    public void A_quota_that_is_off_by_one_is_reported()
    {
        _story.Bounds = _story.Bounds with { MaxFiles = 3, MaxBytes = 3002 + 1 };
        for (var i = 0; i < 3; i++) _story.Deliver("anna", i);
        _story.Answer("one-more", "anna", new Reply(429, Code: "quota-exceeded", Quota: "files", HasRetryAfter: true), 4);
        Assert.Empty(_story.Broken);
        _story.Bounds = _story.Bounds with { MaxBytes = 3002 };
        Assert.Equal(["quota exceeded"], _story.Broken);
        _story.Bounds = _story.Bounds with { MaxBytes = null };
        _story.Deliver("anna", 5);
        Assert.Equal(["quota exceeded"], _story.Broken);
    }

    [Fact]
    public void A_refusal_for_a_quota_with_room_is_reported()
    {
        _story.Bounds = _story.Bounds with { MaxFiles = 3 };
        for (var i = 0; i < 2; i++) _story.Deliver("anna", i);
        _story.Answer("turned-away", "anna", new Reply(429, Code: "quota-exceeded", Quota: "files", HasRetryAfter: true), 4);
        Assert.Equal(["refused for a quota that had room"], _story.Broken);
    }

    [Theory]
    [InlineData(500, "internal-error", false)]
    [InlineData(503, "busy", false)]
    [InlineData(429, "quota-exceeded", false)]
    [InlineData(415, "type-not-allowed", false)]
    [InlineData(409, "other", true)]
    public void An_answer_that_a_good_file_does_not_deserve_is_reported(int status, string code, bool retryAfter)
    {
        _story.Answer("k", "anna", new Reply(status, Code: code, HasRetryAfter: retryAfter), 1);
        Assert.Equal(["improper answer"], _story.Broken);
    }

    [Fact]
    public void Other_bytes_another_contact_and_anothers_upload_are_reported()
    {
        var id = _story.Deliver("anna", 1);
        _story.Deliver("ben", 2);
        var (anna, ben) = (_story.Arrivals[0], _story.Arrivals[1]);
        _story.Arrivals[0] = anna with { Sha256 = new string('f', 64) };
        Assert.Equal(["other bytes than were sent"], _story.Broken);
        _story.Arrivals[0] = ben with { MessageId = id, Contact = "anna" };
        Assert.Contains("other bytes than were sent", _story.Broken);
        _story.Arrivals[0] = anna with { Contact = "ben" };
        Assert.Contains("arrived for another contact", _story.Broken);
        _story.Arrivals[0] = anna;
        _story.Arrivals.Add(ben with { MessageId = "unknown" });
        Assert.Contains("arrived from nowhere", _story.Broken);
        _story.Arrivals.RemoveAt(2);
        _story.Sendings[1] = _story.Sendings[1] with { Reply = new Reply(200, id) };
        Assert.Contains("answered with another's upload", _story.Broken);
    }
}
