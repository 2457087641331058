using System.Net;
using System.Net.Sockets;
using Gatehouse.Silo.Configuration;
using Gatehouse.Silo.Hosting;

namespace Gatehouse.Silo.Tests.Hosts;

public sealed class StartChecksTests
{
    [Fact]
    public void A_port_that_is_taken_is_told_by_its_key()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        // As another silo takes it.
        other.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var free = FreePort.Next();
        Assert.Contains("set Silo:SiloPort to another", StartChecks.Problem(new SiloSettings { SiloPort = taken, GatewayPort = free }), StringComparison.Ordinal);
        Assert.Contains("set Silo:GatewayPort to another", StartChecks.Problem(new SiloSettings { SiloPort = free, GatewayPort = taken }), StringComparison.Ordinal);
        // An api node listens on neither.
        Assert.Null(StartChecks.Problem(new SiloSettings { Role = SiloRole.Api, SiloPort = taken, GatewayPort = taken }));
    }

    [PostgresFact]
    public void A_database_without_the_membership_table_or_none_at_all_is_told()
    {
        using var database = new TestDatabase();
        var silo = new SiloSettings { Role = SiloRole.Api, OnPostgres = true, ConnectionString = database.ConnectionString };
        Assert.Contains("PostgreSQL-Clustering.sql", StartChecks.Problem(silo), StringComparison.Ordinal);
        var away = $"Host=127.0.0.1;Port={FreePort.Next()};Database=gatehouse;Username=gatehouse;Password=told-to-nobody";
        var problem = StartChecks.Problem(silo with { ConnectionString = away });
        Assert.StartsWith("Silo:ConnectionString, or State:ConnectionString where it is empty:", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("told-to-nobody", problem, StringComparison.Ordinal);
    }

    [MembershipFact]
    public void A_database_with_it_is_taken()
    {
        using var database = new TestDatabase();
        MembershipScripts.Run(database);
        Assert.Null(StartChecks.Problem(new SiloSettings { Role = SiloRole.Api, OnPostgres = true, ConnectionString = database.ConnectionString }));
    }
}
