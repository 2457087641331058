namespace Gatehouse.Api.Tests.Configuration;

public sealed class UnknownKeyTests
{
    [Theory]
    [InlineData("Limits:MaxFileByte", "Limits:MaxFileByte is not a key of Gatehouse: did you mean Limits:MaxFileBytes?")]
    [InlineData("Quotas:Files", "Quotas:Files is not a key of Gatehouse: did you mean Quotas:MaxFiles?")]
    [InlineData("Delivery:MaxAttempts:1", "Delivery:MaxAttempts:1 is not a key of Gatehouse: did you mean Delivery:MaxAttempts?")]
    [InlineData("Limit:MaxFileBytes", "Limit:MaxFileBytes is not a key of Gatehouse: did you mean Limits:MaxFileBytes?")]
    [InlineData("Genesis:ClientId", "Genesis:ClientId is not a key of Gatehouse: did you mean Genesys:ClientId?")]
    public void A_mistyped_key_is_answered_with_the_nearest(string key, string sentence) => Assert.Equal(sentence, Configured.OnlyProblem((key, "1")));

    [Fact]
    public void A_mistyped_member_of_a_caller_is_found() =>
        Assert.Contains("ApiKeys:0:Scope is not a key of Gatehouse: did you mean ApiKeys:N:Scopes?", Configured.Read(("ApiKeys:0:Scope", "upload")).Problems);

    [Fact]
    public void A_mistyped_member_of_a_client_is_found() =>
        Assert.Contains("Genesys:Clients:1:ClientSecrets is not a key of Gatehouse: did you mean Genesys:Clients:N:ClientSecret?", Configured.Read(("Genesys:Clients:1:ClientSecrets", "x")).Problems);

    [Theory]
    [InlineData("PATH")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections")]
    [InlineData("Stage:Name")]
    [InlineData("GENESYS_CLOUD_REGIONAL")]
    public void What_is_not_ours_is_left_alone(string key) => Assert.Empty(Configured.Read((key, "x")).Problems);

    [Fact]
    public void Case_does_not_matter() => Assert.Equal(7, Configured.Read(("limits:maxfilebytes", "7")).Options.Limits.MaxFileBytes);
}
