using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests;

public sealed class GenesysOptionsTests
{
    [Theory]
    [InlineData("us-east-1", "mypurecloud.com")]
    [InlineData("us_east_1", "mypurecloud.com")]
    [InlineData("EU-Central-1", "mypurecloud.de")]
    [InlineData(" mypurecloud.com.au ", "mypurecloud.com.au")]
    [InlineData("eusc-de-east-1", "edee1.eusc-pure.cloud")]
    [InlineData("USE2.us-gov-pure.cloud", "use2.us-gov-pure.cloud")]
    public void A_region_is_known_by_its_name_and_by_its_domain(string region, string domain)
    {
        var hosts = Options(o => o.Region = region).ResolveHosts();
        Assert.Equal((new Uri($"https://login.{domain}"), new Uri($"https://api.{domain}"), true), (hosts.Login, hosts.Api, hosts.IsGenesysCloud));
    }

    [Fact]
    public void There_are_eighteen_regions_and_no_domain_is_given_twice()
    {
        Assert.Equal(18, GenesysRegions.All.Count);
        Assert.Equal(18, GenesysRegions.All.Select(r => r.Domain).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(GenesysRegions.All, r => Assert.NotNull(GenesysRegions.Find(r.Name)));
    }

    [Fact]
    public void An_address_goes_before_the_regions_own()
    {
        var hosts = Options(o => o.ApiBaseAddress = "http://127.0.0.1:8090").ResolveHosts();
        Assert.Equal(("login.mypurecloud.com", "127.0.0.1", false), (hosts.Login.Host, hosts.Api.Host, hosts.IsGenesysCloud));
    }

    [Fact]
    public void What_is_right_is_not_complained_of()
    {
        Assert.Empty(Options(_ => { }).Validate());
        Assert.Empty(Options(o => (o.Region, o.LoginBaseAddress, o.ApiBaseAddress) = (null, "http://localhost:1/x/", "https://gateway.example")).Validate());
    }

    [Theory]
    [InlineData("Region", "moon-1", "Genesys:Region", "\"moon-1\"", "us_east_1 (mypurecloud.com)")]
    [InlineData("Region", "", "Genesys:Region", "empty", "Genesys:LoginBaseAddress")]
    [InlineData("ClientId", "", "Genesys:ClientId", "empty", "1 to 256")]
    [InlineData("ClientId", "a:b", "Genesys:ClientId", "\"a:b\"", "colon")]
    [InlineData("ClientSecret", "", "Genesys:ClientSecret", "empty", "1 to 256")]
    [InlineData("LoginBaseAddress", "login.mypurecloud.com", "Genesys:LoginBaseAddress", "\"login.mypurecloud.com\"", "http")]
    [InlineData("ApiBaseAddress", "ftp://x", "Genesys:ApiBaseAddress", "\"ftp://x\"", "http")]
    [InlineData("RequestsPerMinute", "-1", "Genesys:RequestsPerMinute", "-1", "0 (unlimited)")]
    [InlineData("ConnectTimeoutSeconds", "0", "Genesys:ConnectTimeoutSeconds", "0", "at most 60")]
    [InlineData("LoginTimeoutSeconds", "13", "Genesys:LoginTimeoutSeconds", "13", "at most 12")]
    [InlineData("CallTimeoutSeconds", "601", "Genesys:CallTimeoutSeconds", "601", "at most 600")]
    public void What_is_wrong_is_told_with_key_value_and_what_is_allowed(string property, string value, string key, string shown, string allowed)
    {
        var options = Options(o =>
        {
            var target = typeof(GenesysOptions).GetProperty(property)!;
            target.SetValue(o, Convert.ChangeType(value, target.PropertyType, System.Globalization.CultureInfo.InvariantCulture));
        });
        var sentence = Assert.Single(options.Validate());
        Assert.StartsWith(key + " is ", sentence, StringComparison.Ordinal);
        Assert.Contains(shown, sentence, StringComparison.Ordinal);
        Assert.Contains(allowed, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_stands_in_a_sentence()
    {
        var options = Options(o => (o.ClientSecret, o.ApiBaseAddress, o.LoginBaseAddress) = ("hush hush", "https://user:pass-word@api.example", "https://login.example/?token=pass-word"));
        Assert.Equal(3, options.Validate().Count);
        Assert.All(options.Validate(), sentence => Assert.False(sentence.Contains("hush", StringComparison.Ordinal) || sentence.Contains("pass-word", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_attachments_route_warns_against_a_region_of_Genesys_and_not_elsewhere()
    {
        Assert.Contains("api.mypurecloud.com", ContactAttachmentsRoute.StartupWarning(Options(_ => { }).ResolveHosts())!, StringComparison.Ordinal);
        Assert.Null(ContactAttachmentsRoute.StartupWarning(Options(o => o.ApiBaseAddress = "http://127.0.0.1:8090").ResolveHosts()));
    }

    private static GenesysOptions Options(Action<GenesysOptions> configure)
    {
        var options = new GenesysOptions { Region = "us-east-1", ClientId = "id", ClientSecret = "secret" };
        configure(options);
        return options;
    }
}
