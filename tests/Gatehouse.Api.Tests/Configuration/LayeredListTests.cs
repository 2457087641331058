using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

public sealed class LayeredListTests
{
    [Fact]
    public void A_configured_list_replaces_the_default() =>
        Assert.Equal(["image/png"], Configured.Read(("Limits:AllowedTypes:0", "image/png")).Options.Limits.AllowedTypes);

    [Fact]
    public void A_shorter_list_in_a_later_source_keeps_nothing_of_the_longer_one_before_it()
    {
        var configuration = Configured.With(
            [("Limits:AllowedTypes:0", "image/png"), ("Limits:AllowedTypes:1", "text/plain"), ("Limits:AllowedTypes:2", "application/pdf")],
            [("Limits:AllowedTypes:0", "image/jpeg")]);
        Assert.Equal(["image/jpeg"], GatehouseOptions.Read(configuration, "Development").Options.Limits.AllowedTypes);
    }

    [Fact]
    public void An_alias_beside_it_changes_nothing_of_that()
    {
        var configuration = Configured.With(
            [("Limits:AllowedTypes:0", "image/png"), ("Limits:AllowedTypes:1", "text/plain")],
            [("Limits:AllowedTypes:0", "image/jpeg"), ("GENESYS_CLIENT_ID", "id")]);
        Assert.Equal(["image/jpeg"], GatehouseOptions.Read(configuration, "Development").Options.Limits.AllowedTypes);
    }

    [Fact]
    public void Commas_separate_too() =>
        Assert.Equal(["image/png", "text/plain"], Configured.Read(("Limits:AllowedTypes", "image/png, text/plain")).Options.Limits.AllowedTypes);

    [Fact]
    public void Genesys_own_variables_are_read_where_the_key_is_empty()
    {
        var read = Configured.Read(("GENESYS_CLIENT_ID", "id"), ("GENESYS_CLIENT_SECRET", "hush"), ("GENESYS_CLOUD_REGION", "eu_west_1"), ("Genesys:ClientId", "mine"), ("Delivery:Route", "contact-attachments"));
        Assert.Empty(read.Problems);
        Assert.Equal(("mine", "hush", "eu_west_1"), (read.Options.Genesys.ClientId, read.Options.Genesys.ClientSecret, read.Options.Genesys.Region));
    }
}
