using System.Buffers;
using System.Buffers.Binary;
using Gatehouse.Actors;

namespace Gatehouse.StoreBench;

/// <summary>As much state and as many rows as an upload's contact makes: 1 KB of state, admitted and claimed in one turn, completed in another.</summary>
internal sealed class BenchActor : ActorKind<byte[], BenchCommand, bool>
{
    public override string Name => "contact";

    public override byte[] Empty { get; } = new byte[1024];

    public override int Schema => 1;

    public override Turn<byte[], bool> Run(byte[] state, BenchCommand command, DateTimeOffset now)
    {
        if (command.Read) return new(state, true, []);
        var next = state.AsSpan().ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(next, BinaryPrimitives.ReadInt64LittleEndian(state) + 1);
        var row = command.Row;
        return command.Complete
            ? new(next, true, [new UploadMoved(row.Id, UploadStatus.Delivered, 1, now, null, "{\"id\":\"1\"}", null), new FileDropped(row.Id, row.Size)])
            : new(next, true, command.HasSmallFile
                ? [new UploadAdded(row), new FileKept(row.Id), new UploadMoved(row.Id, UploadStatus.Delivering, 0, now, null, null, null)]
                : [new UploadAdded(row), new UploadMoved(row.Id, UploadStatus.Delivering, 0, now, null, null, null)]);
    }

    /// <summary>Due while something is in line: at the claim's lease's end.</summary>
    public override Wake Wake(byte[] state) => new(BinaryPrimitives.ReadInt64LittleEndian(state) % 2 == 1 ? DateTimeOffset.UtcNow.AddSeconds(10) : null, Waiting: false, Forget: false);

    public override void Write(byte[] state, IBufferWriter<byte> output) => output.Write(state);

    public override byte[] Read(int schema, ReadOnlySpan<byte> input) => input.ToArray();
}

internal sealed record BenchCommand(UploadRow Row, bool Complete, bool HasSmallFile, bool Read);
