using System.Threading.Channels;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Storage.Memory;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class ClockSetBackTests : IDueHandler, IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Channel<string> _due = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stop = new();

    int IDueHandler.Room => 10;

    void IDueHandler.Due(string key) => _due.Writer.TryWrite(key);

    public void Dispose() => _stop.Dispose();

    [Theory]
    [InlineData(9)]
    [InlineData(300)]
    public async Task A_line_that_waits_when_the_clock_is_set_back_is_woken_and_not_left_for_the_length_of_the_step(int minutes)
    {
        var rules = new ContactRules();
        var actor = new ContactActor(rules);
        var store = new MemoryStore(_time);
        var signal = new DueSignal();
        var engine = new StoredEngine<ContactState, ContactCommand, ContactReply>(actor, store, [], _time, new StoredEngineOptions(), signal);
        var row = new UploadRow { Id = UploadId.New(), ContactId = "c", Filename = "f", OriginalFilename = "f", Mime = "m", Size = 1, Sha256 = new string('0', 64), Route = "r", CreatedAt = default };
        var request = new AdmitRequest(row.Id, 1, new Fingerprint(1), AllowDuplicate: false, IdempotencyKey: null, new Fingerprint(2));
        await engine.AskAsync("c", new Admit(request, row, SmallFile: false, Claim: null));
        var claimed = (ContactReply.Claimed)await engine.AskAsync("c", new Claim(new ClaimRequest(UploadId.New(), "node", SoleOwner: true, Early: false)));
        await engine.AskAsync("c", new Complete(row.Id, claimed.Fence, new AttemptOutcome.Retry(TimeSpan.FromSeconds(30), Counted: true, "{}")));

        var pump = new DuePump(store, actor.Name, this, rules.Lease, signal, _time, longestWait: TimeSpan.Zero).RunAsync(_stop.Token);
        await _time.Sleeping;
        _time.Now -= TimeSpan.FromMinutes(minutes);
        _time.Advance(TimeSpan.FromMilliseconds(1001));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.Equal("c", await _due.Reader.ReadAsync(patience.Token));
        await _stop.CancelAsync();
        await pump;
    }
}
