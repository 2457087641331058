using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gatehouse.Deployment.Tests.Compose;
using Gatehouse.Deployment.Tests.Product;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Deployment.Tests;

/// <summary><c>deploy/nginx</c> beside the rest: numbers and names that must agree. What nginx makes of it is tested with nginx.</summary>
public sealed partial class NginxTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx", "gatehouse.conf"));

    [Fact]
    public void It_takes_a_megabyte_more_than_a_file_may_have() =>
        Assert.Equal(Limits.MaxFileBytes + 1024 * 1024, 1024 * 1024 * Number("client_max_body_size (?<n>[0-9]+)m;"));

    [Fact]
    public void It_waits_longer_than_the_longest_answer_takes() =>
        Assert.All(["proxy_read_timeout", "proxy_send_timeout"], name => Assert.True(Number(name + " (?<n>[0-9]+)s;") >= Limits.LongestWaitSeconds + 15, name));

    [Fact]
    public void Its_nodes_are_the_services_of_Compose_on_the_port_of_the_image()
    {
        var gateways = ComposeFile.Nodes.Where(n => n.Find("profiles") is null).Select(n => $"{n.Path.Split('.')[^1]}:{Image.Port}");
        Assert.Equal(gateways, Node().Matches(Text).Select(m => m.Groups["address"].Value));
    }

    [Fact]
    public void It_listens_where_Compose_looks_for_it()
    {
        var nginx = ComposeFile.Services["nginx"];
        var port = Number("listen (?<n>[0-9]+);");
        Assert.Equal(port, long.Parse(nginx["ports"].Texts.Single().Split(':')[^1], CultureInfo.InvariantCulture));
        var asked = new Uri(nginx["healthcheck"]["test"].Texts.Last());
        Assert.Equal(port, asked.Port);
        Assert.True(Routes.Answers(asked.AbsolutePath));
        Assert.Contains($"location = {asked.AbsolutePath} {{", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_starts_it_with_the_files_of_this_folder()
    {
        var nginx = ComposeFile.Services["nginx"];
        var (from, to) = (nginx["volumes"].Texts.Single().Split(':')[0], nginx["volumes"].Texts.Single().Split(':')[1]);
        var configuration = nginx["entrypoint"].Texts.SkipWhile(w => w is not "-c").ElementAt(1);
        Assert.Equal(to, Path.GetDirectoryName(configuration));
        Assert.True(File.Exists(Path.Combine(Repository.Root, from, Path.GetFileName(configuration))));
        Assert.Contains(nginx["entrypoint"].Texts.SkipWhile(w => w is not "-p").ElementAt(1).TrimEnd('/'), nginx["tmpfs"].Texts);
    }

    [Fact]
    public void Its_own_413_is_a_problem_of_the_catalogue_with_Gatehouse_s_limit()
    {
        var problem = JsonDocument.Parse(TooLarge().Match(Text).Groups["json"].Value).RootElement;
        var code = ProblemCodes.FileTooLarge;
        Assert.Equal((code.Type, code.Title, code.Status, code.Name, code.Error),
            (Member("type"), Member("title"), problem.GetProperty("status").GetInt32(), Member("code"), Member("error")));
        Assert.Equal(Limits.MaxFileBytes, problem.GetProperty("limit_bytes").GetInt64());
        Assert.Equal("gatehouse", Member("limit_by"));

        string? Member(string name) => problem.GetProperty(name).GetString();
    }

    private static long Number(string pattern) => long.Parse(Regex.Match(Text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["n"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^    server (?<address>\\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Node();

    [GeneratedRegex("return 413 '(?<json>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TooLarge();
}
