using System.Text.RegularExpressions;
using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests.Compose;

/// <summary><c>docker-compose.yml</c>, and what an environment makes of its variables.</summary>
internal static partial class ComposeFile
{
    public static YamlValue Root { get; } = YamlValue.File("docker-compose.yml");

    public static IReadOnlyDictionary<string, YamlValue> Services { get; } = Root["services"].Members;

    /// <summary>The services that run Gatehouse's own image as it starts by itself.</summary>
    public static IReadOnlyList<YamlValue> Nodes { get; } = [.. Services.Values.Where(s => s["image"].Text.StartsWith("gatehouse", StringComparison.Ordinal) && s.Find("entrypoint") is null)];

    public static IReadOnlyList<string> Variables { get; } = [.. Variable().Matches(Text).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>A service's environment over its image's.</summary>
    public static IReadOnlyDictionary<string, string> Environment(YamlValue service, IReadOnlyDictionary<string, string> variables)
    {
        Dictionary<string, string> all = new(Image.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in service["environment"].Members) all[name] = Variable().Replace(value.Text, m => variables.GetValueOrDefault(m.Groups["name"].Value, m.Groups["standard"].Value));
        return all;
    }

    public static IEnumerable<string> Secrets(YamlValue service) => service.Find("secrets")?.Texts ?? [];

    /// <summary>A file of variables, as <c>--env-file</c> reads it.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(params string[] path) => File.ReadLines(Path.Combine([Repository.Root, .. path]))
        .Where(l => l.Length > 0 && !l.StartsWith('#')).Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);

    private static string Text => File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"));

    [GeneratedRegex("\\$\\{(?<name>[A-Z_]+):-(?<standard>[^}]*)\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
