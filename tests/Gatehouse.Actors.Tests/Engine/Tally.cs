using System.Buffers;
using System.Text.Json;

namespace Gatehouse.Actors.Tests.Engine;

/// <summary>A tiny actor: adds numbers, remembers which additions it knows, and notices when two turns of it run at once.</summary>
internal sealed class TallyKind : ActorKind<Tally, TallyCommand, long>
{
    private readonly HashSet<string> _running = [];

    public int SchemaWritten { get; init; } = 1;

    public bool Overlapped { get; private set; }

    public List<DateTimeOffset> Times { get; } = [];

    public override string Name => "tally";

    public override Tally Empty { get; } = new(0, []);

    public override int Schema => SchemaWritten;

    public override Turn<Tally, long> Run(Tally state, TallyCommand command, DateTimeOffset now)
    {
        lock (_running) Overlapped |= !_running.Add(command.Key);
        try
        {
            lock (Times) Times.Add(now);
            return command switch
            {
                Look => new(state, state.Sum, []),
                Throw => throw new InvalidOperationException("a bug in a turn"),
                Add add when state.Known.TryGetValue(add.Id, out var before) => new(state, before, []),
                Add add => new(
                    new Tally(state.Sum + add.Number, new Dictionary<Guid, long>(state.Known) { [add.Id] = state.Sum + add.Number }) { DueAt = add.DueAt },
                    state.Sum + add.Number,
                    add.Records),
                _ => throw new NotSupportedException(),
            };
        }
        finally
        {
            lock (_running) _running.Remove(command.Key);
        }
    }

    public override Wake Wake(Tally state) => new(state.DueAt, Waiting: false, Forget: false);

    public override void Write(Tally state, IBufferWriter<byte> output) => output.Write(JsonSerializer.SerializeToUtf8Bytes(state));

    public override Tally Read(int schema, ReadOnlySpan<byte> input) => JsonSerializer.Deserialize<Tally>(input)!;
}

internal sealed record Tally(long Sum, Dictionary<Guid, long> Known)
{
    public DateTimeOffset? DueAt { get; init; }
}

internal abstract record TallyCommand(string Key);

internal sealed record Look(string Key) : TallyCommand(Key);

internal sealed record Throw(string Key) : TallyCommand(Key);

internal sealed record Add(string Key, long Number) : TallyCommand(Key)
{
    public Guid Id { get; } = Guid.NewGuid();

    public IReadOnlyList<Record> Records { get; init; } = [];

    public DateTimeOffset? DueAt { get; init; }
}
