using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests.Compose;

public sealed class ComposeTests
{
    private static readonly Dictionary<string, string> AtGenesys = new(StringComparer.Ordinal) { ["GENESYS_CLOUD_REGION"] = "us-east-1", ["GENESYS_CLIENT_ID"] = "some-client" };

    [Fact]
    public void It_has_the_fields_that_Compose_knows_and_no_others() => Assert.Empty(ComposeShape.File.Faults(ComposeFile.Root));

    [Fact]
    public void Every_name_that_a_service_refers_to_is_there()
    {
        Assert.All(ComposeFile.Services.Values, service =>
        {
            Assert.All(service.Find("networks")?.Texts ?? [], n => Assert.Contains(n, ComposeFile.Root["networks"].Members.Keys));
            Assert.All(ComposeFile.Secrets(service), s => Assert.Contains(s, ComposeFile.Root["secrets"].Members.Keys));
            Assert.All(DependsOn(service), d => Assert.Contains(d, ComposeFile.Services.Keys));
            Assert.All(Sources(service), v => Assert.True(
                v.StartsWith("./", StringComparison.Ordinal) ? Directory.Exists(Path.Combine(Repository.Root, v)) : ComposeFile.Root["volumes"].Members.ContainsKey(v), $"{service.Path}: there is no volume {v}"));
        });
    }

    [Fact]
    public void Nothing_is_declared_that_no_service_uses()
    {
        Assert.Equal(ComposeFile.Root["networks"].Members.Keys.Order(StringComparer.Ordinal), Used(s => s.Find("networks")?.Texts ?? []));
        Assert.Equal(ComposeFile.Root["secrets"].Members.Keys.Order(StringComparer.Ordinal), Used(ComposeFile.Secrets));
        Assert.Equal(ComposeFile.Root["volumes"].Members.Keys.Order(StringComparer.Ordinal), Used(s => Sources(s).Where(v => !v.StartsWith("./", StringComparison.Ordinal))));

        static IEnumerable<string> Used(Func<YamlValue, IEnumerable<string>> what) => ComposeFile.Services.Values.SelectMany(what).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void What_the_nodes_are_told_are_keys_and_Production_starts_with_them() =>
        Assert.All(ComposeFile.Nodes, node => Assert.Empty(Settings.Faults(ComposeFile.Environment(node, AtGenesys), ComposeFile.Secrets(node))));

    [Fact]
    public void It_starts_with_the_simulator_too()
    {
        var variables = ComposeFile.VariablesOf("deploy", "simulator.env");
        Assert.All(variables.Keys, v => Assert.Contains(v, ComposeFile.Variables));
        Assert.All(ComposeFile.Nodes, node => Assert.Empty(Settings.Faults(ComposeFile.Environment(node, variables), ComposeFile.Secrets(node))));
        var simulator = new Uri(variables["GENESYS_API_BASE_ADDRESS"]);
        Assert.Equal($"http://0.0.0.0:{simulator.Port}", ComposeFile.Services[simulator.Host]["command"].Texts.Last());
    }

    [Fact]
    public void Secrets_are_files_that_git_does_not_keep_and_no_secret_is_anything_else()
    {
        Assert.All(ComposeFile.Root["secrets"].Members, s => Assert.Equal("deploy/secrets/" + s.Key, s.Value["file"].Text));
        Assert.Contains("deploy/secrets/", File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")));
        Assert.All(ComposeFile.Nodes, node => Assert.DoesNotContain(node["environment"].Members.Keys, Settings.IsSecret));
        Assert.All(ComposeFile.Nodes, node => Assert.All(ComposeFile.Secrets(node), s => Assert.True(Settings.IsSecret(s), s)));
    }

    [Fact]
    public void Three_nodes_share_one_database_and_nothing_else()
    {
        var gateways = ComposeFile.Nodes.Where(n => n.Find("profiles") is null).ToList();
        Assert.Equal(3, gateways.Count);
        Assert.All(gateways, g => Assert.Equal("postgres", g["environment"]["State__Store"].Text));
        Assert.All(gateways, g => Assert.Equal("postgres", g["environment"]["Blobs__Store"].Text));
        Assert.Equal(3, gateways.SelectMany(Sources).Distinct(StringComparer.Ordinal).Count());
        Assert.All(gateways, g => Assert.Equal(Image.Environment["Data__Directory"], g["volumes"].Texts.Single().Split(':')[1]));
    }

    [Fact]
    public void Only_the_data_folder_and_tmp_can_be_written() =>
        Assert.All(ComposeFile.Services.Where(s => s.Key is not "postgres"), s =>
        {
            Assert.True(s.Value["read_only"].Flag);
            Assert.Equal(["/tmp"], s.Value["tmpfs"].Texts);
            Assert.Equal(["ALL"], s.Value["cap_drop"].Texts);
        });

    [Fact]
    public void A_stop_has_the_time_that_Gatehouse_needs() => Assert.All(ComposeFile.Nodes, n => Assert.True(Seconds(n["stop_grace_period"]) > Limits.StopSeconds));

    [Fact]
    public void Nginx_lets_the_longest_wait_end() => Assert.True(Seconds(ComposeFile.Services["nginx"]["stop_grace_period"]) > Limits.LongestWaitSeconds);

    [Fact]
    public void Images_are_built_from_stages_of_the_Dockerfile_and_carry_the_version()
    {
        var version = System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.All(ComposeFile.Nodes, n =>
        {
            Assert.Equal(version, n["image"].Text.Split(':')[1]);
            Assert.Contains(n["build"]["target"].Text, Image.Stages.Select(s => s.Name));
        });
        Assert.Equal(["silo"], ComposeFile.Nodes.Where(n => n["build"]["target"].Text is "silo").SelectMany(n => n["profiles"].Texts));
    }

    [Fact]
    public void The_simulator_is_a_second_program_of_the_gateway_s_image()
    {
        var simulator = ComposeFile.Services["simulator"];
        Assert.Equal(ComposeFile.Services["gatehouse-1"]["image"], simulator["image"] with { Path = ComposeFile.Services["gatehouse-1"]["image"].Path });
        Assert.Equal(["dotnet", "/app/" + typeof(Simulator.SimulatorHost).Assembly.GetName().Name + ".dll"], simulator["entrypoint"].Texts);
    }

    [Fact]
    public void Only_this_machine_reaches_a_port_and_the_database_has_none()
    {
        Assert.Equal(["nginx", "simulator"], ComposeFile.Services.Where(s => s.Value.Find("ports") is not null).Select(s => s.Key));
        Assert.True(ComposeFile.Root["networks"]["database"]["internal"].Flag);
    }

    private static IEnumerable<string> DependsOn(YamlValue service) => service.Find("depends_on") is not { } on ? [] : on.Items.Count > 0 ? on.Texts : on.Members.Keys;

    private static IEnumerable<string> Sources(YamlValue service) => (service.Find("volumes")?.Texts ?? []).Select(v => v.Split(':')[0]);

    private static int Seconds(YamlValue duration) => int.Parse(duration.Text[..^1], System.Globalization.CultureInfo.InvariantCulture);
}
