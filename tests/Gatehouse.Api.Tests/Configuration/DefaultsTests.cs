using System.Globalization;
using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

/// <summary>Nothing configured: the contract's table.</summary>
public sealed class DefaultsTests
{
    private static readonly GatehouseOptions Options = Configured.Read().Options;

    [Fact]
    public void Nothing_configured_starts_in_Development() => Assert.Empty(Configured.Read().Problems);

    [Fact]
    public void Limits_quotas_and_times_are_the_contract_s()
    {
        Assert.Equal(["http://127.0.0.1:8080"], Options.Urls);
        Assert.Equal(5_242_880, Options.Limits.MaxFileBytes);
        Assert.Equal(["image/png", "image/jpeg", "application/pdf", "text/plain"], Options.Limits.AllowedTypes);
        Assert.Equal(70_000_000, Options.Limits.MaxPixels);
        Assert.Equal(1024, Options.Limits.MinBytesPerSecond);
        Assert.Equal(16 * 1024 * 1024, Options.Limits.DrainBytes);
        Assert.Equal(10_737_418_240, Options.Limits.MaxStoredBytes);
        Assert.Equal(1000, Options.Limits.MaxEventStreams);
        Assert.Equal((20, 104_857_600, 24, 2, 60), (Options.Quotas.MaxFiles, Options.Quotas.MaxBytes, Options.Quotas.WindowHours, Options.Quotas.MaxConcurrent, Options.Quotas.MaxAttempts));
        Assert.Equal(24, Options.Dedupe.RetentionHours);
        Assert.Equal((20, 10, 24, 180, 72), (Options.Delivery.WaitSeconds, Options.Delivery.MaxAttempts, Options.Delivery.GiveUpAfterHours, Options.Delivery.MaxRetryAfterSeconds, Options.Delivery.KeepFailedHours));
        Assert.Equal(30, Options.Uploads.KeepDays);
        Assert.Equal(StateStore.Sqlite, Options.State.Store);
        Assert.Equal("disk", Options.Blobs.Store);
        Assert.Equal(Path.GetFullPath("data"), Options.Data.Directory);
        Assert.Equal(30, Options.ShutdownSeconds);
        Assert.Empty(Options.ApiKeys);
    }

    [Fact]
    public void Without_credentials_the_simulator_is_embedded_and_unlimited()
    {
        Assert.Equal(new Uri("http://127.0.0.1:8090"), Options.Simulator.Url);
        Assert.Equal("contact-attachments", Options.Delivery.Route);
        Assert.Equal(0, Options.Genesys.RequestsPerMinute);
        Assert.Equal("http://127.0.0.1:8090/", Options.Genesys.ApiBaseAddress);
    }

    [Fact]
    public void A_budget_that_is_configured_holds_for_the_simulator_too() => Assert.Equal(60, Configured.Read(("Genesys:RequestsPerMinute", "60")).Options.Genesys.RequestsPerMinute);

    [Fact]
    public void With_credentials_the_simulator_is_not_embedded_and_the_budget_is_Genesys()
    {
        var read = Configured.Read(("Genesys:ClientId", "a"), ("Genesys:ClientSecret", "b"), ("Genesys:Region", "us-east-1"), ("Delivery:Route", "contact-attachments"));
        Assert.Empty(read.Problems);
        Assert.False(read.Options.Simulator.Embedded);
        Assert.Equal(300, read.Options.Genesys.RequestsPerMinute);
    }

    [Fact]
    public void Every_number_key_accepts_its_own_default_and_bounds() => Assert.All(Keys.All.OfType<NumberKey>(), key =>
    {
        Assert.InRange(key.Default, key.Min, key.Max);
        foreach (var outside in new[] { (Int128)key.Min - 1, (Int128)key.Max + 1 })
        {
            var text = outside.ToString(CultureInfo.InvariantCulture);
            Assert.Contains($"{key.Name} is \"{text}\": it must be {key.Allowed}.", Configured.Read((key.Name, text)).Problems);
        }
    });
}
