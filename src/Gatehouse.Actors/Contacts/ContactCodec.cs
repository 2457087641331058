using System.Buffers;
using System.Text;
using Gatehouse.Actors.Codec;

namespace Gatehouse.Actors.Contacts;

/// <summary>A contact's state as bytes, schema 1. Times are told from one base, so that most take four bytes or fewer.</summary>
internal static partial class ContactCodec
{
    public const int Schema = 1;

    /// <summary>More than any rules allow; a state that claims more is damaged.</summary>
    public const int MaxLine = 4096;
    public const int MaxRemembered = 8192;

    // Upper bounds of one item's bytes: its 128-bit values whole, every number at its longest.
    private const int HeaderBytes = 8 * StateWriter.MaxNumber;
    private const int CounterBytes = 2 * StateWriter.MaxNumber;
    private const int AnsweredBytes = 5 * StateWriter.MaxNumber;
    private const int RememberedBytes = 1 + (5 * 16) + (2 * StateWriter.MaxNumber) + AnsweredBytes;
    private const int EntryBytes = 1 + (5 * 16) + (10 * StateWriter.MaxNumber) + AnsweredBytes;

    public static void Write(ContactState state, IBufferWriter<byte> output)
    {
        var writer = new StateWriter(output.GetSpan(MostBytes(state)));
        var origin = Origin(state);
        writer.Number(origin);
        writer.Number(state.NextSequence);
        writer.Number(state.NextFence);
        Write(ref writer, state.Files, origin);
        Write(ref writer, state.Bytes, origin);
        Write(ref writer, state.Attempts, origin);
        writer.Number(state.Turned.Length);
        foreach (var id in state.Turned) writer.Wide(id.Value);
        writer.Number(state.Line.Length);
        foreach (var entry in state.Line) Write(ref writer, entry, origin);
        writer.Number(state.Remembered.Length);
        foreach (var item in state.Remembered) Write(ref writer, item, origin);
        output.Advance(writer.Seal());
    }

    public static ContactState Read(ReadOnlySpan<byte> input)
    {
        var reader = new StateReader("contact", input);
        var origin = reader.Number();
        var state = new ContactState
        {
            NextSequence = reader.Number(),
            NextFence = reader.Number(),
            Files = ReadCount(ref reader, origin),
            Bytes = ReadCount(ref reader, origin),
            Attempts = ReadCount(ref reader, origin),
            Turned = ReadTurned(ref reader),
            Line = ReadLine(ref reader, origin),
            Remembered = ReadRemembered(ref reader, origin),
        };
        reader.End();
        return state;
    }

    /// <summary>The youngest remembered or waiting upload's admission: most other times lie near it.</summary>
    private static long Origin(ContactState state)
    {
        if (state.Line.Length > 0) return Math.Max(0, state.Line[^1].AdmittedAt);
        if (state.Remembered.Length > 0) return Math.Max(0, state.Remembered[^1].At);
        return state.Attempts.IsEmpty ? 0 : Math.Max(0, state.Attempts.Counters[^1].Start);
    }

    private static int MostBytes(ContactState state)
    {
        var bytes = HeaderBytes + StateWriter.ChecksumLength + (16 * state.Turned.Length) + (RememberedBytes * state.Remembered.Length) + (EntryBytes * state.Line.Length)
            + (CounterBytes * (state.Files.Counters.Length + state.Bytes.Counters.Length + state.Attempts.Counters.Length));
        foreach (var entry in state.Line)
        {
            if (entry.Claim is { } claim) bytes += Encoding.UTF8.GetByteCount(claim.Owner);
        }
        return bytes;
    }
}
