using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Storage;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Gateway.Hosting;

/// <summary>What the last process left behind, put right before the first request: half-received files go, claims of the dead process are void, and nothing waits for a clock that ran ahead.</summary>
public sealed class FreshStart(Spool spool, IActorStore store, ContactActor contacts, ContactRules rules)
{
    public async Task RunAsync()
    {
        spool.SweepLeftovers();
        if (store is SqliteStore sqlite) await sqlite.ReclaimAtStartAsync(rules.Lease);
        await store.PullInAsync(contacts.Name, rules.LongestWait, CancellationToken.None);
    }
}
