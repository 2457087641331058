using Microsoft.Extensions.Logging;

namespace Gatehouse.Actors.Engine;

/// <summary>Tells every observer. The commit stands whatever an observer makes of it, so its exception ends here.</summary>
public sealed partial class ObserverList(IRecordObserver[] observers, ILogger log)
{
    public void Tell(ActorKey key, IReadOnlyList<Record> records)
    {
        foreach (var observer in observers)
        {
            try
            {
                observer.Committed(key, records);
            }
            catch (Exception e)
            {
                LogObserverFailed(e, observer.GetType().Name, key.Kind, key.Key);
            }
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "{Observer} failed on committed records of {Kind} {Key}")]
    private partial void LogObserverFailed(Exception e, string observer, string kind, string key);
}
