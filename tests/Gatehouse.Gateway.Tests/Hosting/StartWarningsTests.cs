using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Hosting;

namespace Gatehouse.Gateway.Tests.Hosting;

public sealed class StartWarningsTests
{
    [Theory]
    [InlineData(20, 24, false)]
    [InlineData(128, 24, false)]
    [InlineData(129, 24, true)]
    [InlineData(20, 24 * 8, true)]
    [InlineData(1_000_000, 0, false)]
    public void A_quota_above_what_a_contact_remembers_is_told_with_its_keys(long files, int retentionHours, bool told)
    {
        var options = new GatehouseOptions { Quotas = new() { MaxFiles = files }, Delivery = new() { Route = "another" } };
        var warnings = StartWarnings.Of(options, new ContactRules { MaxFiles = files, DedupeRetention = TimeSpan.FromHours(retentionHours) }).ToList();
        Assert.Equal(told, warnings.Any(w => w.Contains("Quotas:MaxFiles", StringComparison.Ordinal) && w.Contains("Dedupe:RetentionHours", StringComparison.Ordinal)));
    }
}
