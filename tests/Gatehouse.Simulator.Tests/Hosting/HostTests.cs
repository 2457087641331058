using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Simulator.Tests.Hosting;

public sealed class HostTests
{
    [Fact]
    public async Task A_taken_port_ends_the_start_with_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(1, await SimulatorHost.RunAsync(["--urls", url], output, errors));
        var sentence = Assert.Single(errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(url, sentence, StringComparison.Ordinal);
        Assert.Contains("taken", sentence, StringComparison.Ordinal);
        Assert.Contains("--urls", sentence, StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData("--urls=https://127.0.0.1:1", "Simulator:Url")]
    [InlineData("--urls=nonsense", "Simulator:Url")]
    [InlineData("--urls=http://127.0.0.1:809l", "Simulator:Url")]
    [InlineData("--urls=http://127.0.0.1:", "Simulator:Url")]
    [InlineData("--urls=http://x@127.0.0.1:8090", "Simulator:Url")]
    [InlineData("--urls=http://127.0.0.1:8090?x", "Simulator:Url")]
    [InlineData("--urls=http://127.0.0.1#:8090", "Simulator:Url")]
    [InlineData("--urls=http://127.0.0.1:8090/path", "Simulator:Url")]
    [InlineData("--urls=http://127.0.0.1:99999", "Simulator:Url")]
    [InlineData("--urls=http://127.0.0.l:8090", "Simulator:Url")]
    [InlineData("--urls=http://localhost:0", "Simulator:Url")]
    [InlineData("--Simulator:Seed=x", "Simulator:Seed")]
    [InlineData("--Simulator:KeepImageBytes=-1", "Simulator:KeepImageBytes")]
    [InlineData("--Simulator:KeepReceived=0", "Simulator:KeepReceived")]
    public async Task A_wrong_argument_ends_the_start_with_a_sentence_that_names_it(string argument, string key)
    {
        using var errors = new StringWriter();
        Assert.Equal(2, await SimulatorHost.RunAsync([argument], TextWriter.Null, errors));
        Assert.Contains(key, errors.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SimulatorHost.Build([argument]));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8090")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:80/")]
    [InlineData("http://[::1]:0")]
    [InlineData("HTTP://LOCALHOST:8090")]
    public void An_address_that_all_read_the_same_is_taken(string url) => Assert.Null(new SimulatorOptions { Url = url }.Problem());

    [Fact]
    public void Arguments_name_the_address_and_the_seed()
    {
        var (options, problem) = OptionsFrom.CommandLine(["--urls", "http://127.0.0.1:18090", "--Simulator:Seed=-3", "--Simulator:KeepImageBytes", "0"]);
        Assert.Null(problem);
        Assert.Equal(new SimulatorOptions { Url = "http://127.0.0.1:18090", Seed = -3, KeepImageBytes = 0 }, options);
        Assert.Equal("http://127.0.0.1:8090", OptionsFrom.CommandLine([]).Options!.Url);
    }

    [Fact]
    public async Task Two_simulators_live_in_one_process_and_stop_when_told()
    {
        await using var one = await RunningSimulator.StartAsync();
        await using var two = await RunningSimulator.StartAsync();
        await one.SignInAsync();
        using var reply = await one.AttachAsync([1]);
        Assert.Single(await one.ReceivedAsync());
        Assert.Empty(await two.ReceivedAsync());
        var address = one.Http.BaseAddress!;
        await one.DisposeAsync();
        using var http = new HttpClient { BaseAddress = address };
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/simulator/stats"));
    }
}
