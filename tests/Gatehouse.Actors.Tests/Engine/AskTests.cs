using System.Buffers;
using System.Runtime.CompilerServices;
using Gatehouse.Actors.Engine;

namespace Gatehouse.Actors.Tests.Engine;

public sealed class AskTests
{
    /// <summary>A mailbox may take a command between its posting and its token's registration.</summary>
    [Fact]
    public void A_command_that_began_before_its_token_was_watched_is_not_kept_by_the_token()
    {
        using var untilTheNodeStops = new CancellationTokenSource();
        var ask = Begun(untilTheNodeStops.Token);
        GC.Collect();
        Assert.False(ask.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Begun(CancellationToken cancellationToken)
    {
        var ask = new Ask<TallyCommand, long>(new Look("a"), ReadOnlySequence<byte>.Empty);
        Assert.True(ask.TryBegin());
        ask.CancelWith(cancellationToken);
        ask.Hold(1);
        ask.Release();
        return new WeakReference(ask);
    }
}
