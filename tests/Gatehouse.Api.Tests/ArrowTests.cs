using System.Reflection;
using System.Xml.Linq;

namespace Gatehouse.Api.Tests;

/// <summary>
/// The rooms know only whom the design lets them know: <c>Api -> Gateway -> (Genesys, Storage) -> Actors</c>; <c>Gateway -> Inspection</c>; <c>Api -> Simulator</c>; Inspection, Simulator and Actors know nobody.
/// </summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Direct = new(StringComparer.Ordinal)
    {
        ["Api"] = ["Gatehouse.Gateway", "Gatehouse.Simulator"],
        ["Gatehouse.Gateway"] = ["Gatehouse.Actors", "Gatehouse.Genesys", "Gatehouse.Inspection", "Gatehouse.Storage"],
        ["Gatehouse.Genesys"] = ["Gatehouse.Actors"],
        ["Gatehouse.Storage"] = ["Gatehouse.Actors"],
        ["Gatehouse.Actors"] = [],
        ["Gatehouse.Inspection"] = [],
        ["Gatehouse.Simulator"] = [],
    };

    public static TheoryData<string> Rooms => [.. Direct.Keys];

    [Fact]
    public void Every_project_of_the_product_has_its_arrows_written_down()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Append(ProjectFile("Api"));
        Assert.Equal(Direct.Keys.Order(StringComparer.Ordinal), projects.Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_references_only_the_rooms_that_its_arrows_lead_to(string room)
    {
        var references = XDocument.Load(ProjectFile(room)).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Empty(references.Except(Direct[room], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void What_was_built_uses_only_the_rooms_that_its_arrows_lead_to(string room)
    {
        var used = Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!).Where(Direct.ContainsKey);
        Assert.Empty(used.Except(Reachable(room), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Gatehouse.Actors")]
    [InlineData("Gatehouse.Inspection")]
    [InlineData("Gatehouse.Storage")]
    public void The_core_knows_no_web_framework(string room) =>
        Assert.DoesNotContain(Assembly.Load(room).GetReferencedAssemblies(), a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Inspection_and_actors_open_no_connection() => Assert.All(["Gatehouse.Inspection", "Gatehouse.Actors"], room =>
        Assert.DoesNotContain(Assembly.Load(room).GetReferencedAssemblies(), a => a.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.Requests"));

    /// <summary>An arrow lets a room use what lies behind the next one too: the host starts a store that the gateway only names.</summary>
    private static HashSet<string> Reachable(string room)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        var next = new Queue<string>(Direct[room]);
        while (next.TryDequeue(out var one))
            if (reached.Add(one)) foreach (var further in Direct[one]) next.Enqueue(further);
        return reached;
    }

    private static string ProjectFile(string room) => string.Equals(room, "Api", StringComparison.Ordinal)
        ? Path.Combine(Repository.Root, "Api", "Api.csproj")
        : Path.Combine(Repository.Root, "src", room, room + ".csproj");
}
