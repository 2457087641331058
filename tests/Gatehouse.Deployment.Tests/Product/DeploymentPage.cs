using System.Text.RegularExpressions;

namespace Gatehouse.Deployment.Tests.Product;

/// <summary><c>docs/deployment.md</c>: the commands that an operator types.</summary>
internal static partial class DeploymentPage
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deployment.md"));

    public static string KubernetesSecretName { get; } = SecretCommand().Match(Text).Groups["name"].Value;

    public static IReadOnlyList<string> KubernetesSecrets { get; } = [.. FromFile().Matches(Text).Select(m => m.Groups["key"].Value)];

    /// <summary>Files that the commands write secrets into.</summary>
    public static IReadOnlyList<string> ComposeSecrets { get; } = [.. Written().Matches(Text).Select(m => m.Groups["key"].Value)];

    /// <summary>Of the file that systemd's unit reads.</summary>
    public static IReadOnlyDictionary<string, string> SystemdSettings { get; } = Indented().Matches(Text).ToDictionary(m => m.Groups["key"].Value, m => m.Groups["value"].Value.Replace("…", "some", StringComparison.Ordinal), StringComparer.Ordinal);

    [GeneratedRegex("kubectl create secret generic (?<name>[a-z-]+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretCommand();

    [GeneratedRegex("--from-file=(?<key>[A-Za-z0-9_]+)=deploy/secrets/\\k<key>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FromFile();

    [GeneratedRegex("> deploy/secrets/(?<key>[A-Za-z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();

    [GeneratedRegex("^    (?<key>Urls|[A-Z][A-Za-z]+__[A-Za-z0-9_]+)=(?<value>\\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Indented();
}
