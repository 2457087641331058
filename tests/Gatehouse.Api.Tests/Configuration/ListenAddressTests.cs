using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://+:80", "http://127.0.0.1/")]
    [InlineData("http://uploads.example:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://localhost:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://[::1]:8080/")]
    [InlineData("http://10.1.2.3:8080", "http://10.1.2.3:8080/")]
    public void A_server_is_reached_from_its_own_machine(string url, string from)
    {
        Assert.True(ListenAddress.TryRead(url, out var address));
        Assert.Equal(from, address.FromThisMachine.AbsoluteUri);
    }

    [Fact]
    public void What_is_no_address_is_none() => Assert.False(ListenAddress.TryRead("8080", out _));
}
