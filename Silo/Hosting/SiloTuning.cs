using Gatehouse.Actors.Engine;
using Orleans.Configuration;

namespace Gatehouse.Silo.Hosting;

/// <summary>Orleans' times and limits, where Gatehouse's needs differ from its defaults. docs/scaling.md explains each.</summary>
internal static class SiloTuning
{
    /// <summary>A turn takes milliseconds. Who has no answer by now asks again: the command's id makes that safe.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>As the stored engine's mailbox.</summary>
    private static readonly int MailboxCapacity = new StoredEngineOptions().MailboxCapacity;

    /// <summary>Longer than an upload's knock, body and delivery are usually apart; short enough that a contact's next visit begins where it is received.</summary>
    private static readonly TimeSpan IdleAge = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan IdleLook = TimeSpan.FromSeconds(30);

    /// <summary>Three missed probes of two seconds and the second vote: a dead silo is found out within a claim's lease of 10 s, so that its actors are elsewhere when the lease ends.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    private const int MissedProbes = 3;

    public static ISiloBuilder TuneForGatehouse(this ISiloBuilder silo) => silo
        .Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = CallTimeout;
            messaging.MaxEnqueuedRequestsHardLimit = MailboxCapacity;
        })
        .Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = IdleAge;
            collection.CollectionQuantum = IdleLook;
        })
        .Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.NumMissedProbesLimit = MissedProbes;
        });

    public static IClientBuilder TuneForGatehouse(this IClientBuilder client) => client
        .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = CallTimeout);
}
