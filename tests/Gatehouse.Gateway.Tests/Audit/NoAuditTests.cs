using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Audit;

public sealed class NoAuditTests : GatewayAtSimulator, IDisposable
{
    private readonly AuditFolder _audit = new();

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Audit = new AuditOptions { Directory = _audit.Path, RetentionDays = 0 } };

    [Fact]
    public async Task With_a_retention_of_0_days_nothing_is_recorded()
    {
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello")).Status);
        Assert.False((await Gateway.GetAsync("/health/ready")).Body.GetProperty("checks").TryGetProperty("audit", out _));
        Assert.False(Directory.Exists(_audit.Path));
    }

    public void Dispose() => _audit.Dispose();
}
