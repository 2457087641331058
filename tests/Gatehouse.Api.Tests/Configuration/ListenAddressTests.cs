using System.Net;
using Gatehouse.Gateway.Configuration;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Api.Tests.Configuration;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://+:80", "http://127.0.0.1/")]
    [InlineData("http://localhost:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://[::1]:8080/")]
    [InlineData("http://10.1.2.3:8080", "http://10.1.2.3:8080/")]
    public void A_server_is_reached_from_its_own_machine(string url, string from)
    {
        Assert.True(ListenAddress.TryRead(url, out var address));
        Assert.Equal(from, address.FromThisMachine.AbsoluteUri);
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("http:8080")]
    [InlineData("http://")]
    [InlineData("http://8080")]
    [InlineData("ftp://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:")]
    [InlineData("http://127.0.0.1:8080l")]
    [InlineData("http://127.0.0.1:+80")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.l:8080")]
    [InlineData("http://127.1:8080")]
    [InlineData("http://010.0.0.1:8080")]
    [InlineData("http://uploads.example:8080")]
    [InlineData("http://localhost:0")]
    [InlineData("http://x@127.0.0.1:8080")]
    [InlineData("http://127.0.0.1?:8080")]
    [InlineData("http://127.0.0.1#:8080")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("http://127.0.0.1:8080//")]
    [InlineData("http://::1:8080")]
    [InlineData("http://[::1]:8080]")]
    [InlineData("http://[[::1]]:8080")]
    [InlineData("http://unix:/run/gatehouse.sock")]
    public void What_could_be_read_in_two_ways_is_no_address(string url) => Assert.False(ListenAddress.TryRead(url, out _));

    [Fact]
    public void Addresses_in_the_servers_own_section_are_refused_as_no_rule_reads_them() =>
        Assert.StartsWith("Kestrel:Endpoints:Open is an address to listen on beside Urls", Configured.OnlyProblem(("Kestrel:Endpoints:Open:Url", "http://0.0.0.0:8080")), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_in_the_servers_own_section_is_the_operators_to_give() =>
        Assert.Empty(Configured.Read(("Kestrel:Certificates:Default:Path", "/etc/gatehouse/tls.pem")).Problems);

    /// <summary>What is read here and what the server makes of it must be one: from a rule that takes the one for loopback the other must not escape.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("HTTP://LocalHost:8080/")]
    [InlineData("https://[::1]:8443")]
    [InlineData("http://127.9.9.9")]
    [InlineData("http://10.1.2.3:0")]
    [InlineData("http://*:80")]
    public void The_server_reads_an_address_the_same(string url)
    {
        Assert.True(ListenAddress.TryRead(url, out var address));
        var server = BindingAddress.Parse(url);
        Assert.Equal((server.Scheme.ToLowerInvariant(), server.Port, ""), (address.Scheme, address.Port, server.PathBase));
        if (!IPAddress.TryParse(server.Host, out var ip)) ip = server.Host is "LocalHost" ? IPAddress.Loopback : IPAddress.Any;
        Assert.Equal(ip, address.Interface);
    }
}
