using Gatehouse.Silo.Configuration;

namespace Gatehouse.Silo.Tests.Hosts;

/// <summary>Processes that find each other in PostgreSQL, by Orleans' own provider and table.</summary>
public sealed class MembershipTests
{
    [MembershipFact]
    public async Task When_a_silo_is_killed_the_others_find_it_out_and_serve_its_contacts()
    {
        await using var genesys = await SimulatedGenesys.StartAsync();
        using var database = new TestDatabase();
        MembershipScripts.Run(database);
        await using var first = await SiloProcess.StartAsync(SiloKeys.All, database.ConnectionString, genesys.Url);
        await using var second = await SiloProcess.StartAsync(SiloKeys.All, database.ConnectionString, genesys.Url);
        await using var third = await SiloProcess.StartAsync(SiloKeys.SiloOnly, database.ConnectionString, genesys.Url);
        await using var edge = await SiloProcess.StartAsync(SiloKeys.Api, database.ConnectionString, genesys.Url);

        // A contact begins where it is first received.
        List<string> ada = [await first.Http.DeliverAsync("ada", "1"), await second.Http.DeliverAsync("ada", "2"), await edge.Http.DeliverAsync("ada", "3")];
        List<string> bob = [await second.Http.DeliverAsync("bob", "1")];
        Assert.Equal(3L, Active(database));

        await second.KillAsync();
        bob.AddRange(await first.Http.DeliverAsync("bob", "2"), await edge.Http.DeliverAsync("bob", "3"));
        ada.Add(await edge.Http.DeliverAsync("ada", "4"));
        Assert.Equal(2L, Active(database));
        Assert.Equal(ada, await genesys.ReceivedAsync("ada"));
        Assert.Equal(bob, await genesys.ReceivedAsync("bob"));
        Assert.Equal(1, await genesys.TokenRequestsAsync());
    }

    /// <summary>Status 3 of Orleans' table.</summary>
    private static long Active(TestDatabase database) => database.Ask<long>("SELECT count(*) FROM orleansmembershiptable WHERE status = 3");
}
