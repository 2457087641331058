using System.Globalization;
using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests;

/// <summary><c>deploy/systemd/gatehouse.service</c>.</summary>
public sealed class SystemdTests
{
    private static readonly ILookup<string, string> Unit = File.ReadLines(Path.Combine(Repository.Root, "deploy", "systemd", "gatehouse.service"))
        .Where(l => l.Contains('=', StringComparison.Ordinal) && !l.StartsWith('#')).Select(l => l.Split('=', 2)).ToLookup(l => l[0], l => l[1], StringComparer.Ordinal);

    [Fact]
    public void What_it_sets_are_keys_and_Production_starts_with_them_and_the_page_s_file() => Assert.Empty(Settings.Faults(
        [.. DeploymentPage.SystemdSettings, .. Unit["Environment"].Select(e => e.Split('=', 2)).Select(e => KeyValuePair.Create(e[0], e[1]))], Credentials.Select(c => c.Name)));

    [Fact]
    public void Secrets_come_as_credentials()
    {
        Assert.Contains("Secrets__Directory=%d", Unit["Environment"]);
        Assert.All(Credentials, c => Assert.True(Settings.IsSecret(c.Name), c.Name));
        Assert.All(Credentials, c => Assert.Equal("/etc/gatehouse/secrets/" + c.Name, c.File));
        Assert.DoesNotContain(DeploymentPage.SystemdSettings.Keys, Settings.IsSecret);
        Assert.All(Credentials, c => Assert.Contains(c.File, DeploymentPage.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_its_state_folder_can_be_written()
    {
        Assert.Equal("strict", Unit["ProtectSystem"].Single());
        Assert.Contains($"Data__Directory=/var/lib/{Unit["StateDirectory"].Single()}", Unit["Environment"]);
    }

    [Fact]
    public void A_stop_has_the_time_that_Gatehouse_needs() => Assert.True(int.Parse(Unit["TimeoutStopSec"].Single(), CultureInfo.InvariantCulture) > Limits.StopSeconds);

    [Fact]
    public void A_wrong_configuration_is_not_tried_again() => Assert.Equal(Api.Commands.CommandLine.CouldNotRun.ToString(CultureInfo.InvariantCulture), Unit["RestartPreventExitStatus"].Single());

    [Fact]
    public void It_starts_what_the_page_publishes() => Assert.Equal($"/usr/bin/dotnet {Unit["WorkingDirectory"].Single()}/{Path.GetFileName(Image.Entrypoint[1])}", Unit["ExecStart"].Single());

    private static IEnumerable<(string Name, string File)> Credentials => Unit["LoadCredential"].Select(c => c.Split(':', 2)).Select(c => (c[0], c[1]));
}
