namespace Gatehouse.Simulator;

/// <summary>One frame of a guest, and what is known of it.</summary>
/// <param name="Session">The session that the connection was configured for with the frame's token; null when it was not.</param>
internal sealed record GuestCall(GuestConnection Connection, Fields Frame, string Token, string? TracingId, GuestSession? Session, Faults Faults);

/// <summary>What a guest can ask for, by the frame's <c>action</c>.</summary>
internal abstract class GuestAction
{
    public abstract string Name { get; }

    /// <summary>The code that a fault has this action refused with.</summary>
    public virtual int? FaultOf(Faults faults) => null;

    public abstract GuestAnswer Do(GuestCall call);

    /// <summary>A refusal, as this action sends it.</summary>
    public virtual GuestAnswer Refuse(GuestCall call, int code, string? sentence = null) => GuestFrames.Error(code, call.TracingId, sentence);
}
