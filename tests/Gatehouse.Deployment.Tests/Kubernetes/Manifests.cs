using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests.Kubernetes;

/// <summary><c>deploy/kubernetes</c>.</summary>
internal static class Manifests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "kubernetes");

    public static IReadOnlyList<string> Files { get; } = [.. Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>What is applied by hand where it is wanted, as paths from the folder.</summary>
    public static IReadOnlyList<string> Optional { get; } = [.. Directory.EnumerateFiles(Path.Combine(Folder, "optional")).Select(f => $"optional/{Path.GetFileName(f)}").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<YamlValue> All { get; } = [.. Files.Select(f => YamlValue.File("deploy", "kubernetes", f))];

    public static YamlValue Kustomization { get; } = Only("Kustomization");

    public static YamlValue Pod { get; } = Only("Deployment")["spec"]["template"]["spec"];

    public static YamlValue Container { get; } = Pod["containers"].Items.Single();

    public static YamlValue Only(string kind) => All.Single(m => string.Equals(m["kind"].Text, kind, StringComparison.Ordinal));

    /// <summary>What the pod's environment gets from the generated map.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        Kustomization["configMapGenerator"].Items.Single()["literals"].Texts.Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
}
