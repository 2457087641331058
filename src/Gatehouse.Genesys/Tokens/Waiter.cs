namespace Gatehouse.Genesys;

/// <summary>A call that waits for its permit.</summary>
internal sealed class Waiter : TaskCompletionSource<Permit>
{
    public Waiter()
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
    }
}
