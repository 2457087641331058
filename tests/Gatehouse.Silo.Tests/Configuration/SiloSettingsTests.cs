using Gatehouse.Gateway.Configuration;
using Gatehouse.Silo.Configuration;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Silo.Tests.Configuration;

public sealed class SiloSettingsTests
{
    private const string Database = "Host=db.example.org;Database=gatehouse";

    [Fact]
    public void The_page_and_the_catalogue_are_the_same() =>
        Assert.Equal(
            SiloKeys.Every.Select(key => $"| `{key.Name}` | {(key.DefaultText.Length == 0 ? "" : $"`{key.DefaultText}` ")}| {key.About} |"), Documented.Rows("configuration.md", "## Every key of the silo host"));

    [Fact]
    public void Alone_on_this_machine_it_needs_nothing_said()
    {
        var (silo, problems) = Read();
        Assert.Empty(problems);
        Assert.Equal(new SiloSettings(), silo);
        Assert.True(silo.IsAlone);
    }

    [Theory]
    [InlineData("Silo:Role", "both", "Silo:Role is \"both\": it must be all or silo or api.")]
    [InlineData("Silo:Clustering", "redis", "Silo:Clustering is \"redis\": it must be localhost or postgres.")]
    [InlineData("Silo:SiloPort", "0", "Silo:SiloPort is \"0\": it must be a whole number from 1 to 65535.")]
    [InlineData("Silo:GatewayPort", "11111", "Silo:GatewayPort is 11111: it must differ from Silo:SiloPort.")]
    [InlineData("Silo:SiloPorts", "1", "Silo:SiloPorts is not a key of Gatehouse: did you mean Silo:SiloPort?")]
    [InlineData("Silo:Address", "10.0.0.1", "Silo:Address is set: it must be empty while Silo:Clustering is localhost, which only this machine reaches.")]
    [InlineData("Silo:ConnectionString", Database, "Silo:ConnectionString is set: it must be empty while Silo:Clustering is localhost.")]
    public void A_wrong_value_is_answered_with_a_sentence(string key, string value, string sentence) => Assert.Equal(sentence, Assert.Single(Read((key, value)).Problems));

    [Theory]
    [InlineData("Silo:Role", "api")]
    [InlineData("Silo:Role", "silo")]
    [InlineData("Silo:SiloPort", "11112")]
    public void More_than_one_process_needs_postgres(string key, string value)
    {
        Assert.StartsWith("State:Store must be postgres where a cluster has more than one process", Assert.Single(Read((key, value)).Problems), StringComparison.Ordinal);
        Assert.Empty(Read((key, value), ("State:Store", "postgres"), ("State:ConnectionString", Database)).Problems);
    }

    [Fact]
    public void The_membership_is_kept_where_the_state_is_unless_another_place_is_named()
    {
        (string, string)[] state = [("Silo:Clustering", "postgres"), ("State:Store", "postgres"), ("State:ConnectionString", Database)];
        Assert.Equal(Database, Read(state).Silo.ConnectionString);
        Assert.Equal("Host=other", Read([.. state, ("Silo:ConnectionString", "Host=other")]).Silo.ConnectionString);
        Assert.Contains(Read([.. state, ("Silo:ConnectionString", "Hots=other")]).Problems, problem => problem.StartsWith("Silo:ConnectionString, or State:ConnectionString where it is empty, is wrong", StringComparison.Ordinal));
    }

    private static (SiloSettings Silo, IReadOnlyList<string> Problems) Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        return SiloSettings.Read(configuration, GatehouseOptions.Read(configuration, "Development").Options);
    }
}
