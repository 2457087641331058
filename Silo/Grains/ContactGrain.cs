using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Orleans.Placement;

namespace Gatehouse.Silo.Grains;

/// <summary>A contact. It begins where its first upload is received, so that with the edge in the same process the whole way of a lone upload is one process's.</summary>
[PreferLocalPlacement]
public sealed class ContactGrain(ContactActor kind, IActorStore store, TimeProvider time, ILogger<ContactGrain> log)
    : TurnGrain<ContactState, ContactCommand, ContactReply>(kind, store, time, log), IContactGrain;
