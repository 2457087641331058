using System.Xml.Linq;
using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests;

/// <summary>The Dockerfile and what it takes from the repository.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Stages = ["sources", "build", "runtime", "gateway"];

    [Fact]
    public void What_it_copies_from_the_repository_is_there_and_is_sent_to_the_builder()
    {
        var sent = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(l => l.StartsWith('!')).Select(l => l[1..]).ToList();
        foreach (var source in Stages.SelectMany(s => Sources(Image.Stage(s))))
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), $"COPY {source}: there is no such file or folder");
            Assert.Contains(source.Split('/')[0], sent);
        }
    }

    [Fact]
    public void Nothing_of_the_repository_but_what_it_copies_is_sent_to_the_builder()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(l => l.Length > 0 && !l.StartsWith('#')).ToList();
        Assert.Equal("*", lines[0]);
        var copied = Image.Stages.SelectMany(Sources).Select(s => s.Split('/')[0]).Distinct(StringComparer.Ordinal);
        Assert.Equal(copied.Order(StringComparer.Ordinal), lines.Where(l => l.StartsWith('!')).Select(l => l[1..]).Order(StringComparer.Ordinal));
        Assert.Equal(["**/bin", "**/obj"], lines.TakeLast(2));
    }

    [Fact]
    public void Every_project_that_is_restored_is_copied_before()
    {
        var instructions = Image.Stage("sources").Instructions.ToList();
        var restore = instructions.FindIndex(i => i.Arguments.StartsWith("dotnet restore", StringComparison.Ordinal));
        var copied = instructions.Take(restore).Where(i => i.Name is "COPY").SelectMany(i => i.Words.SkipLast(1)).Where(w => w.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.Equal(WithReferences(instructions[restore].Words[2]).Order(StringComparer.Ordinal), copied.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_restore_is_the_same_tomorrow_as_versions_are_whole_and_in_one_file()
    {
        var packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Assert.All(packages.Descendants("PackageVersion"), p => Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+(\\.[0-9]+)?(-[0-9A-Za-z.-]+)?$", p.Attribute("Version")!.Value));
        Assert.Equal("true", packages.Descendants("CentralPackageTransitivePinningEnabled").Single().Value);
    }

    [Fact]
    public void It_starts_what_it_published()
    {
        var published = Image.Stage("build").All("RUN").Single().Words[2];
        Assert.Equal(["dotnet", $"/app/{Path.GetFileNameWithoutExtension(published)}.dll"], Image.Entrypoint);
        Assert.Equal("--from=build /app ./", Image.Gateway.All("COPY").Single().Arguments);
        Assert.Equal("/app", Image.Stage("runtime").All("WORKDIR").Single().Arguments);
    }

    [Fact]
    public void Its_framework_is_the_projects()
    {
        var framework = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("TargetFramework").Single().Value["net".Length..];
        Assert.All(["sources", "runtime"], stage => Assert.StartsWith($"{framework}-", Image.Stage(stage).From.Split(':')[1], StringComparison.Ordinal));
    }

    [Fact]
    public void File_names_are_normalized_in_it()
    {
        Assert.EndsWith("-extra", Image.Stage("runtime").From, StringComparison.Ordinal);
        Assert.Equal("false", Image.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"]);
    }

    [Fact]
    public void It_runs_as_a_user_by_number_that_owns_the_data_folder()
    {
        Assert.Matches("^[1-9][0-9]+:[1-9][0-9]+$", Image.User);
        var folder = Image.Environment["Data__Directory"];
        Assert.Contains(Image.Stage("runtime").All("COPY"), c => string.Equals(c.Arguments, $"--from=sources --chown={Image.User} {folder} {folder}", StringComparison.Ordinal));
        Assert.Equal(folder, Image.Stage("runtime").All("VOLUME").Single().Arguments);
    }

    [Fact]
    public void It_listens_on_every_interface_on_the_port_that_it_exposes()
    {
        Assert.Equal("0.0.0.0", new Uri(Image.Environment["Urls"]).Host);
        Assert.Equal(Image.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), Image.Stage("runtime").All("EXPOSE").Single().Arguments);
    }

    [Fact]
    public async Task Its_health_check_is_a_command_of_the_program()
    {
        var check = Image.Gateway.All("HEALTHCHECK").Single();
        Assert.True(await Commands.AskForHealthAsync(check.Exec), check.Arguments);
    }

    [Fact]
    public void What_it_sets_are_keys() => Assert.Empty(Settings.Faults(
        [.. Image.Environment, new("Genesys__Region", "us-east-1"), new("Genesys__ClientId", "some"), new("Delivery__Route", "contact-attachments"), new("ApiKeys__0__Name", "some"), new("ApiKeys__0__Scopes", "upload")],
        ["Genesys__ClientSecret", "ApiKeys__0__Hash"]));

    [Fact]
    public void Alone_it_does_not_start() => Assert.NotEmpty(Settings.Faults(Image.Environment, []));

    private static IEnumerable<string> Sources(Stage stage) =>
        stage.All("COPY").Where(c => !c.Arguments.StartsWith("--from", StringComparison.Ordinal)).SelectMany(c => c.Words.SkipLast(1)).Select(s => s.TrimEnd('/'));

    private static HashSet<string> WithReferences(string project)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        var next = new Queue<string>([project]);
        while (next.TryDequeue(out var one))
        {
            if (!found.Add(one)) continue;
            var path = Path.Combine(Repository.Root, one);
            foreach (var reference in XDocument.Load(path).Descendants("ProjectReference"))
                next.Enqueue(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, reference.Attribute("Include")!.Value))));
        }

        return found;
    }
}
