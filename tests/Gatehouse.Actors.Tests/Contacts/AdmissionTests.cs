using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

public sealed class AdmissionTests
{
    private readonly ContactDriver _contact = new(new ContactRules(), SchemaSamples.Start);

    [Fact]
    public void The_first_of_an_empty_line_is_claimed_in_the_same_turn()
    {
        var admitted = Assert.IsType<ContactReply.Admitted>(_contact.Admit(1, content: 1, claim: _contact.NewClaim(), small: true));
        Assert.Equal((UploadStatus.Delivering, 0), (admitted.Row.Status, admitted.Ahead));
        Assert.Equal(_contact.Now + TimeSpan.FromSeconds(10), admitted.Claim!.LeaseUntil);
        Assert.Equal([new UploadAdded(admitted.Row), new FileKept(ContactDriver.Id(1))], _contact.Records);
        Assert.Null(Assert.IsType<ContactReply.Admitted>(_contact.Admit(2, content: 2, claim: _contact.NewClaim())).Claim);
    }

    [Fact]
    public void The_21st_file_is_refused_with_the_moment_when_a_place_is_free()
    {
        for (var i = 1; i <= 20; i++) _contact.Deliver(i, content: i);
        var over = Assert.IsType<ContactReply.OverQuota>(_contact.Admit(21, content: 21)).Use;
        Assert.Equal(("files", 20, 20), (over.Quota, over.Limit, over.Used));
        Assert.IsType<ContactReply.OverQuota>(_contact.Ask(new Knock(null)));
        _contact.Pass(over.ResetsAt - _contact.Now - TimeSpan.FromMilliseconds(1));
        Assert.IsType<ContactReply.OverQuota>(_contact.Ask(new Knock(null)));
        _contact.Pass(TimeSpan.FromMilliseconds(1));
        Assert.IsType<ContactReply.Welcome>(_contact.Ask(new Knock(null)));
    }

    [Fact]
    public void A_refusal_for_bytes_says_when_this_file_fits_not_when_any_would()
    {
        _contact.Admit(1, content: 1, size: 10_000_000);
        _contact.Pass(TimeSpan.FromHours(5));
        _contact.Admit(2, content: 2, size: 90_000_000);
        var small = Assert.IsType<ContactReply.OverQuota>(_contact.Admit(3, content: 3, size: 6_000_000)).Use.ResetsAt;
        var large = Assert.IsType<ContactReply.OverQuota>(_contact.Admit(4, content: 4, size: 50_000_000)).Use.ResetsAt;
        Assert.InRange(large - small, TimeSpan.FromHours(4), TimeSpan.FromHours(6));
    }

    [Fact]
    public void Bytes_may_be_used_to_the_last_one()
    {
        _contact.Admit(1, content: 1, size: 104_857_000);
        Assert.Equal("bytes", Assert.IsType<ContactReply.OverQuota>(_contact.Admit(2, content: 2, size: 601)).Use.Quota);
        Assert.IsType<ContactReply.Admitted>(_contact.Admit(3, content: 3, size: 600));
        Assert.IsType<ContactReply.OverQuota>(_contact.Ask(new Knock(null)));
    }

    [Fact]
    public void A_duplicate_and_a_replay_cost_an_attempt_and_nothing_else()
    {
        _contact.Deliver(1, content: 1, key: 50);
        Assert.Equal(new ContactReply.Duplicate(ContactDriver.Id(1)), _contact.Admit(2, content: 1));
        Assert.Equal(new ContactReply.Replayed(ContactDriver.Id(1)), _contact.Admit(3, content: 1, key: 50));
        var told = Assert.IsType<ContactReply.Description>(_contact.Ask(new Describe()));
        Assert.Equal((1, 100, 3), (told.Files.Used, told.Bytes.Used, told.Attempts.Used));
    }

    [Fact]
    public void A_refused_upload_counts_one_attempt_however_often_it_is_told()
    {
        for (var i = 0; i < 3; i++) _contact.Ask(new CountRefused(ContactDriver.Id(1)));
        Assert.Equal(1, Assert.IsType<ContactReply.Description>(_contact.Ask(new Describe())).Attempts.Used);
    }

    [Fact]
    public void An_upload_that_was_turned_away_and_is_asked_for_again_is_one_attempt()
    {
        var contact = new ContactDriver(new ContactRules { MaxLine = 1 }, SchemaSamples.Start);
        contact.Admit(1, content: 1);
        Assert.IsType<ContactReply.OverQuota>(contact.Admit(2, content: 2));
        contact.Complete(contact.Claim(), new AttemptOutcome.Delivered("{}", null));
        Assert.IsType<ContactReply.Admitted>(contact.Admit(2, content: 2));
        Assert.Equal(2, Assert.IsType<ContactReply.Description>(contact.Ask(new Describe())).Attempts.Used);
    }

    [Fact]
    public void The_same_key_with_another_body_is_refused_and_a_duplicates_own_key_is_kept_for_its_first()
    {
        _contact.Deliver(1, content: 1);
        Assert.IsType<ContactReply.Duplicate>(_contact.Admit(2, content: 1, key: 60));
        Assert.IsType<ContactReply.KeyReused>(_contact.Admit(3, content: 3, key: 60));
        Assert.Equal(new ContactReply.Replayed(ContactDriver.Id(1)), _contact.Admit(4, content: 1, key: 60));
    }

    [Fact]
    public void A_known_key_knocks_past_used_up_files_but_not_past_attempts()
    {
        _contact.Deliver(1, content: 1, key: 50);
        for (var i = 2; i <= 20; i++) _contact.Deliver(i, content: i);
        Assert.IsType<ContactReply.OverQuota>(_contact.Ask(new Knock(null)));
        Assert.IsType<ContactReply.Welcome>(_contact.Ask(new Knock(ContactDriver.Print(50))));
        for (var i = 100; i < 140; i++) _contact.Ask(new CountRefused(ContactDriver.Id(i)));
        Assert.Equal("attempts", Assert.IsType<ContactReply.OverQuota>(_contact.Ask(new Knock(ContactDriver.Print(50)))).Use.Quota);
    }

    [Fact]
    public void After_a_failure_the_same_bytes_and_the_same_key_are_new_and_the_quota_is_given_back()
    {
        _contact.Admit(1, content: 1, key: 50);
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Failed("{}"));
        Assert.DoesNotContain(_contact.Records, record => record is FileDropped);
        Assert.Equal(0, Assert.IsType<ContactReply.Description>(_contact.Ask(new Describe())).Files.Used);
        Assert.IsType<ContactReply.Admitted>(_contact.Admit(2, content: 1, key: 50, body: 9));
    }

    [Fact]
    public void With_dedupe_off_the_same_bytes_go_again_and_the_51st_in_line_does_not()
    {
        var contact = new ContactDriver(new ContactRules { DedupeRetention = TimeSpan.Zero, MaxFiles = 100 }, SchemaSamples.Start);
        for (var i = 1; i <= 50; i++) Assert.Equal(i - 1, Assert.IsType<ContactReply.Admitted>(contact.Admit(i, content: 1)).Ahead);
        Assert.Equal("line", Assert.IsType<ContactReply.OverQuota>(contact.Admit(51, content: 1)).Use.Quota);
    }

    [Fact]
    public void However_often_a_file_comes_again_under_new_keys_it_is_sent_once_and_its_own_key_stays_known()
    {
        var contact = new ContactDriver(new ContactRules { MaxAttempts = 1000, MaxRemembered = 16 }, SchemaSamples.Start);
        contact.Deliver(1, content: 1, key: 1);
        for (var i = 2; i <= 60; i++) Assert.Equal(new ContactReply.Duplicate(ContactDriver.Id(1)), contact.Admit(i, content: 1, key: i));
        Assert.Equal(17, contact.State.Remembered.Length);
        Assert.Equal(new ContactReply.Duplicate(ContactDriver.Id(1)), contact.Admit(61, content: 1));
        Assert.Equal(new ContactReply.Replayed(ContactDriver.Id(1)), contact.Admit(62, content: 1, key: 1));
        Assert.Equal(new ContactReply.Replayed(ContactDriver.Id(1)), contact.Admit(63, content: 1, key: 60));
    }

    [Fact]
    public void What_is_remembered_is_capped_and_the_oldest_goes_first()
    {
        var contact = new ContactDriver(new ContactRules { MaxFiles = 1000, MaxAttempts = 1000, MaxRemembered = 16 }, SchemaSamples.Start);
        for (var i = 1; i <= 40; i++) contact.Deliver(i, content: i, key: 1000 + i);
        Assert.Equal(16, contact.State.Remembered.Length);
        Assert.Equal(new ContactReply.Fresh(), contact.Ask(new Peek(ContactDriver.Request(99, content: 24))));
        Assert.Equal(new ContactReply.Duplicate(ContactDriver.Id(25)), contact.Ask(new Peek(ContactDriver.Request(99, content: 25))));
    }

    [Fact]
    public void A_contact_that_was_forgotten_goes_on_above_the_sequence_that_it_had()
    {
        for (var i = 1; i <= 3; i++) _contact.Deliver(i, content: i);
        var before = Assert.IsType<ContactReply.Admitted>(_contact.Admit(4, content: 4)).Row;
        _contact.Complete(_contact.Claim(), new AttemptOutcome.Delivered("{}", null));
        _contact.Pass(TimeSpan.FromDays(2));
        _contact.Ask(new Describe());
        Assert.True(_contact.Wake.Forget);

        var anew = new ContactDriver(new ContactRules(), _contact.Now);
        var after = Assert.IsType<ContactReply.Admitted>(anew.Admit(5, content: 5)).Row;
        Assert.True(after.Sequence > before.Sequence, "A list by sequence shows the newest upload below older ones.");
    }

    [Fact]
    public void A_look_changes_nothing()
    {
        _contact.Deliver(1, content: 1);
        var before = _contact.State;
        _contact.Ask(new Knock(null));
        _contact.Ask(new Peek(ContactDriver.Request(2, content: 1)));
        Assert.Same(before, _contact.State);
    }
}
