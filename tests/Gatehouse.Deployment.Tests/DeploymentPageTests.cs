using System.Text.RegularExpressions;
using Gatehouse.Deployment.Tests.Compose;
using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests;

public sealed partial class DeploymentPageTests
{
    [Fact]
    public void The_secrets_that_the_page_writes_are_the_ones_that_Compose_reads() =>
        Assert.Equal(ComposeFile.Root["secrets"].Members.Keys.Order(StringComparer.Ordinal), DeploymentPage.ComposeSecrets.Order(StringComparer.Ordinal));

    [Fact]
    public void It_names_every_variable_that_a_Genesys_Cloud_needs() =>
        Assert.All(ComposeFile.Variables.Where(v => !v.EndsWith("_BASE_ADDRESS", StringComparison.Ordinal)), v => Assert.Contains($"`{v}`", DeploymentPage.Text, StringComparison.Ordinal));

    [Fact]
    public void The_files_that_it_names_are_there() => Assert.All(
        NamedFile().Matches(DeploymentPage.Text).Select(m => m.Groups["path"].Value).Where(p => !p.StartsWith("deploy/secrets", StringComparison.Ordinal)),
        path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));

    [Fact]
    public void Its_links_lead_to_pages() => Assert.All(
        Link().Matches(DeploymentPage.Text).Select(m => m.Groups["page"].Value), page => Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", page)), page));

    [GeneratedRegex("(?<path>deploy/[a-z./-]+[a-z]|docker-compose\\.yml|Dockerfile)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedFile();

    [GeneratedRegex("\\]\\((?<page>[a-z/-]+\\.md)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
