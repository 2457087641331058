namespace Gatehouse.Simulator;

/// <summary>
/// Tells whether callers wait as they were asked to: counts the calls that arrive before the latest <c>Retry-After</c> is over. A call that was on its way when
/// the reply left counts too; nobody can tell it from one that was sent in spite of it.
/// </summary>
internal sealed class RetryAfterWatch(TimeProvider time)
{
    private readonly Lock _turn = new();
    /// <summary>What may be on its way when a 429 leaves: a caller that heard of it has stopped by then.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(250);

    private DateTimeOffset _limitBegan;
    private DateTimeOffset _limitEnds;
    private DateTimeOffset _faultEnds;

    public long AfterLimit { get; private set; }

    /// <summary>Of those, the calls that arrived later than 250 ms after the first 429 of the pause.</summary>
    public long LateAfterLimit { get; private set; }

    public long AfterFault { get; private set; }

    public long Inside { get; private set; }

    public void CallArrived()
    {
        var now = time.GetUtcNow();
        lock (_turn)
        {
            var limited = now < _limitEnds;
            var faulty = now < _faultEnds;
            AfterLimit += limited ? 1 : 0;
            LateAfterLimit += limited && now >= _limitBegan + OnTheWay ? 1 : 0;
            AfterFault += faulty ? 1 : 0;
            Inside += limited || faulty ? 1 : 0;
        }
    }

    /// <summary>A reply asks to wait: a 429 speaks for the whole client, any other status for the service that failed.</summary>
    public void Sent(int status, int seconds)
    {
        var now = time.GetUtcNow();
        var end = now.AddSeconds(seconds);
        lock (_turn)
        {
            if (status == 429)
            {
                if (now >= _limitEnds)
                    _limitBegan = now;
                _limitEnds = Later(_limitEnds, end);
            }
            else
                _faultEnds = Later(_faultEnds, end);
        }
    }

    public void Clear()
    {
        lock (_turn)
            (AfterLimit, LateAfterLimit, AfterFault, Inside) = (0, 0, 0, 0);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
