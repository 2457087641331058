using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

public sealed class DeliveryTests
{
    private readonly ContactDriver _contact = new(new ContactRules(), SchemaSamples.Start);

    [Fact]
    public void A_live_claim_keeps_others_out_until_its_lease_ends_and_then_its_completion_is_void()
    {
        _contact.Admit(1, content: 1);
        var first = _contact.Claim("a");
        Assert.Equal(new ContactReply.NotBefore(first.LeaseUntil), _contact.TryClaim("b"));
        _contact.Pass(TimeSpan.FromSeconds(10));
        var second = _contact.Claim("b");
        Assert.True(second.OutcomeUnknown);
        Assert.IsType<ContactReply.Void>(_contact.Complete(first, new AttemptOutcome.Delivered(null, null)));
        Assert.IsType<ContactReply.Void>(_contact.Ask(new Renew(first.Id, first.Fence)));
        Assert.Equal(UploadStatus.Delivered, Assert.IsType<ContactReply.Recorded>(_contact.Complete(second, new AttemptOutcome.Delivered(null, null))).Status);
    }

    [Fact]
    public void A_completion_after_its_lease_holds_while_nobody_claimed_since()
    {
        _contact.Admit(1, content: 1);
        var claimed = _contact.Claim();
        _contact.Pass(TimeSpan.FromHours(1));
        Assert.Equal(UploadStatus.Delivered, Assert.IsType<ContactReply.Recorded>(_contact.Complete(claimed, new AttemptOutcome.Delivered("{}", "g"))).Status);
        Assert.Contains(_contact.Records, record => record is UploadMoved { GenesysContactId: "g", Result: "{}", Attempts: 1 });
        Assert.Contains(new FileDropped(ContactDriver.Id(1), 100), _contact.Records);
    }

    [Fact]
    public void A_delivered_file_to_which_a_link_was_handed_out_is_not_dropped_but_kept_until_the_link_has_expired()
    {
        var until = SchemaSamples.Start.AddDays(7);
        _contact.Admit(1, content: 1);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Delivered("{}", "g", until));
        Assert.Contains(_contact.Records, record => record is UploadMoved { Status: UploadStatus.Delivered } moved && moved.FileUntil == until);
        Assert.DoesNotContain(_contact.Records, record => record is FileDropped);
    }

    [Fact]
    public void A_sole_owner_takes_over_a_dead_processs_claim_at_once_but_never_its_own()
    {
        _contact.Admit(1, content: 1);
        _contact.Claim("before");
        Assert.True(_contact.Claim("after", soleOwner: true).OutcomeUnknown);
        Assert.IsType<ContactReply.NotBefore>(_contact.TryClaim("after", soleOwner: true));
    }

    [Fact]
    public void A_back_off_is_waited_out_unless_the_fault_was_not_the_uploads_own_and_the_route_works_again()
    {
        _contact.Admit(1, content: 1);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Retry(TimeSpan.FromSeconds(30), Counted: true, "{}"));
        Assert.False(_contact.Wake.Waiting);
        Assert.IsType<ContactReply.NotBefore>(_contact.TryClaim(early: true));
        _contact.Pass(TimeSpan.FromSeconds(30));
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Retry(TimeSpan.FromSeconds(30), Counted: false, "{}"));
        Assert.Equal(new Wake(_contact.Now + TimeSpan.FromSeconds(30), Waiting: true, Forget: false), _contact.Wake);
        Assert.IsType<ContactReply.NotBefore>(_contact.TryClaim());
        Assert.Equal(2, Assert.IsType<ContactReply.Claimed>(_contact.TryClaim(early: true)).Attempts);
    }

    [Fact]
    public void A_wait_of_the_uploads_own_is_waited_out_though_it_does_not_count_and_the_route_works()
    {
        _contact.Admit(1, content: 1);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Retry(TimeSpan.FromSeconds(15), Counted: false, "{}", WaitsOut: true));
        Assert.False(_contact.Wake.Waiting);
        Assert.IsType<ContactReply.NotBefore>(_contact.TryClaim(early: true));
        _contact.Pass(TimeSpan.FromSeconds(15));
        Assert.IsType<ContactReply.Claimed>(_contact.TryClaim());
    }

    [Fact]
    public void A_head_that_was_put_off_waits_for_its_route_uncounted_and_a_wait_of_its_own_stays_one()
    {
        _contact.Admit(1, content: 1);
        Assert.Equal(new ContactReply.NotBefore(_contact.Now + TimeSpan.FromSeconds(20)), _contact.Ask(new PutOff(ContactDriver.Id(1), TimeSpan.FromSeconds(20))));
        Assert.Equal(new Wake(_contact.Now + TimeSpan.FromSeconds(20), Waiting: true, Forget: false), _contact.Wake);
        Assert.IsType<ContactReply.NotBefore>(_contact.TryClaim());
        var claimed = Assert.IsType<ContactReply.Claimed>(_contact.TryClaim(early: true));
        Assert.Equal(0, claimed.Attempts);
        // Claimed, or not the head: nothing to put off.
        Assert.IsType<ContactReply.Void>(_contact.Ask(new PutOff(ContactDriver.Id(1), TimeSpan.FromSeconds(20))));
        Assert.IsType<ContactReply.Void>(_contact.Ask(new PutOff(ContactDriver.Id(2), TimeSpan.FromSeconds(20))));
        _contact.Complete(claimed, new AttemptOutcome.Retry(TimeSpan.FromSeconds(15), Counted: false, "{}", WaitsOut: true));
        _contact.Ask(new PutOff(ContactDriver.Id(1), TimeSpan.FromSeconds(20)));
        Assert.IsType<ContactReply.NotBefore>(_contact.TryClaim(early: true));
    }

    [Fact]
    public void A_head_that_was_put_off_long_after_its_admission_is_not_stranded_by_a_clock_that_is_set_back()
    {
        _contact.Admit(1, content: 1);
        _contact.Pass(TimeSpan.FromHours(5));
        _contact.Ask(new PutOff(ContactDriver.Id(1), TimeSpan.FromSeconds(20)));
        _contact.Pass(TimeSpan.FromHours(-6));
        Assert.InRange(Assert.IsType<ContactReply.NotBefore>(_contact.TryClaim()).At, _contact.Now, _contact.Now + new ContactRules().MaxBackOff);
    }

    [Fact]
    public void Ten_counted_attempts_fail_an_upload_and_uncounted_ones_never_do()
    {
        _contact.Admit(1, content: 1);
        for (var i = 0; i < 100; i++) Assert.Equal(UploadStatus.Queued, Retry(counted: false));
        for (var i = 0; i < 9; i++) Assert.Equal(UploadStatus.Queued, Retry(counted: true));
        Assert.Equal(UploadStatus.Failed, Retry(counted: true));

        UploadStatus Retry(bool counted) =>
            Assert.IsType<ContactReply.Recorded>(_contact.Complete(_contact.Claim(), new AttemptOutcome.Retry(TimeSpan.Zero, counted, "{}"))).Status;
    }

    [Fact]
    public void An_upload_past_its_time_gets_one_more_attempt_and_expires_by_its_failure()
    {
        _contact.Admit(1, content: 1);
        _contact.Pass(TimeSpan.FromDays(9));
        _contact.Ask(new Describe());
        var reply = _contact.Complete(_contact.Claim(), new AttemptOutcome.Retry(TimeSpan.Zero, Counted: false, "why"));
        Assert.Equal(UploadStatus.Expired, Assert.IsType<ContactReply.Recorded>(reply).Status);
        Assert.Equal("why", Assert.IsType<UploadMoved>(Assert.Single(_contact.Records)).Error);
    }

    [Fact]
    public void A_claim_handed_back_is_no_attempt_and_due_at_once()
    {
        _contact.Admit(1, content: 1);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.HandedBack());
        Assert.Equal(_contact.Now, _contact.Wake.DueAt);
        var again = _contact.Claim();
        Assert.Equal((0, false), (again.Attempts, again.OutcomeUnknown));
    }

    [Fact]
    public void A_back_off_set_before_the_clock_went_back_is_as_long_as_it_was_meant_from_then()
    {
        _contact.Admit(1, content: 1);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Retry(TimeSpan.FromMinutes(5), Counted: true, "{}"));
        _contact.Pass(TimeSpan.FromDays(-4000));
        Assert.Equal(new ContactReply.NotBefore(_contact.Now + TimeSpan.FromMinutes(5)), _contact.TryClaim());
        _contact.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(new ContactReply.NotBefore(_contact.Now + TimeSpan.FromMinutes(3)), _contact.TryClaim());
        _contact.Pass(TimeSpan.FromMinutes(3));
        _contact.Claim();
    }

    [Fact]
    public void An_upload_that_was_not_tried_yet_waits_for_nothing_when_the_clock_went_back()
    {
        _contact.Admit(1, content: 1);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.HandedBack());
        _contact.Pass(TimeSpan.FromMinutes(-9));
        _contact.Admit(2, content: 2);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Delivered("{}", null));
        _contact.Pass(TimeSpan.FromMinutes(-9));
        _contact.Claim();
    }

    [Fact]
    public void A_re_run_of_each_command_gets_the_reply_it_had_and_writes_nothing()
    {
        var claim = _contact.NewClaim();
        Same(() => _contact.Admit(1, content: 1, key: 5, claim: claim));
        var claimed = Assert.IsType<ContactReply.Claimed>(_contact.Ask(new Claim(claim)));
        Same(() => _contact.Ask(new Renew(claimed.Id, claimed.Fence)));
        Same(() => _contact.Complete(claimed, new AttemptOutcome.Retry(TimeSpan.FromSeconds(3), Counted: true, "{}")));
        _contact.Pass(TimeSpan.FromSeconds(3));
        var request = _contact.NewClaim();
        Same(() => _contact.Ask(new Claim(request)));
        Same(() => _contact.Complete(new ContactReply.Claimed(claimed.Id, claimed.Fence + 1, default, 0, false), new AttemptOutcome.Delivered("{}", null)));
        Same(() => _contact.Admit(2, content: 1, key: 6));

        void Same(Func<ContactReply> ask)
        {
            var first = ask();
            var state = _contact.State;
            Assert.Equal(first, ask());
            Assert.Same(state, _contact.State);
            Assert.Empty(_contact.Records);
        }
    }
}
