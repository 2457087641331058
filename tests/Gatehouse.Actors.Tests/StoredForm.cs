using System.Buffers;

namespace Gatehouse.Actors.Tests;

internal static class StoredForm
{
    /// <summary>A state as it is stored.</summary>
    public static byte[] Bytes<TState, TCommand, TReply>(this ActorKind<TState, TCommand, TReply> kind, TState state)
        where TState : class
    {
        var output = new ArrayBufferWriter<byte>();
        kind.Write(state, output);
        return output.WrittenSpan.ToArray();
    }
}
