using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Pipeline;

/// <summary>Uploads tried in an hour, refused ones included, whatever they were refused for.</summary>
public sealed class AttemptsTests : GatewayAtScript
{
    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Quotas = options.Quotas with { MaxAttempts = 3 } };

    [Fact]
    public async Task Who_keeps_sending_what_is_refused_is_turned_away_until_the_hour_has_passed()
    {
        for (var i = 0; i < 2; i++) Assert.Equal(415, (await Gateway.UploadAsync("ada", "MZ\0\0 not text " + i)).Status);
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello")).Status);
        for (var i = 0; i < 2; i++)
        {
            var away = await Gateway.UploadAsync("ada", "hello again");
            Assert.Equal((429, "too-many-attempts", "attempts"), (away.Status, away.Code, away.Body.GetProperty("quota").GetString()));
            Assert.Equal((3, 3), (away.Body.GetProperty("limit").GetInt32(), away.Body.GetProperty("used").GetInt32()));
            Assert.InRange(away.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1) + TimeSpan.FromMinutes(10));
        }
        Assert.Equal(200, (await Gateway.UploadAsync("bob", "hello again")).Status);

        // Being turned away was no attempt: else the first look after the hour would be in vain.
        Clock.Advance(TimeSpan.FromMinutes(75));
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "hello again")).Status);
    }
}
