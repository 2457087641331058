namespace Gatehouse.Api.Tests.Configuration;

public sealed class LinkSettingsTests
{
    private static readonly (string, string)[] Real = [("Simulator:Url", ""), ("Genesys:Region", "us-east-1"), ("Genesys:ClientId", "id"), ("Genesys:ClientSecret", "secret"), ("Delivery:Route", "open-messaging")];
    private static readonly string Secret = new('s', 32);

    [Fact]
    public void A_route_that_hands_out_links_needs_an_address_and_a_key_where_Gatehouse_serves_them()
    {
        var problems = Links();
        Assert.Equal(2, problems.Count);
        Assert.StartsWith("Links:PublicBaseUrl is empty: the route open-messaging hands out links that Gatehouse serves, so it must be the address", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("Links:Keys is empty: the route open-messaging hands out links that Gatehouse signs", problems[1], StringComparison.Ordinal);
        Assert.Contains("openssl rand", problems[1], StringComparison.Ordinal);
        Assert.Empty(Links(("Links:PublicBaseUrl", "https://uploads.example.com"), ("Links:Keys:0:Id", "a"), ("Links:Keys:0:Secret", Secret)));
    }

    [Fact]
    public void A_route_that_hands_out_none_needs_neither() => Assert.Empty(Links(("Delivery:Route", "contact-attachments")));

    [Fact]
    public void A_store_that_makes_its_own_links_needs_neither_as_long_as_they_live_long_enough()
    {
        (string, string)[] bucket = [("Blobs:Store", "s3"), ("Blobs:S3:Region", "eu-central-1"), ("Blobs:S3:Bucket", "files"), ("Blobs:S3:AccessKeyId", "key"), ("Blobs:S3:SecretAccessKey", "secret")];
        Assert.Empty(Links(bucket));
        Assert.Contains("as 169 hours (Links:LifetimeHours) are more than the 168 that a link of the store s3 can live", Links([.. bucket, ("Links:LifetimeHours", "169")])[0], StringComparison.Ordinal);
        Assert.Contains("as links that the store s3 makes with temporary credentials end with them", Links([.. bucket, ("Blobs:S3:SessionToken", "token")])[0], StringComparison.Ordinal);
        Assert.Contains("temporary", Links(bucket[..3])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_https_unless_it_is_this_machines_own_and_has_no_query()
    {
        Assert.Contains("it must be https", Assert.Single(Address("http://uploads.example.com")), StringComparison.Ordinal);
        Assert.All(Address("http://user:hush@uploads.example.com/?token=hush#hush"), sentence => Assert.DoesNotContain("hush", sentence, StringComparison.Ordinal));
        Assert.Contains("without user, query and fragment", Assert.Single(Address("https://user@uploads.example.com/?a=b")), StringComparison.Ordinal);
        Assert.Empty(Address("http://127.0.0.1:8080"));
        Assert.Empty(Address("https://uploads.example.com/gatehouse/"));

        static IReadOnlyList<string> Address(string address) => Links(("Links:PublicBaseUrl", address), ("Links:Keys:0:Id", "a"), ("Links:Keys:0:Secret", Secret));
    }

    [Fact]
    public void Keys_have_names_of_their_own_and_secrets_that_cannot_be_guessed_and_are_never_told()
    {
        Assert.Contains("Links:Keys:0:Id is \"a b\"", Assert.Single(Keys(("a b", Secret))), StringComparison.Ordinal);
        Assert.Contains("two entries with the Id \"a\"", Assert.Single(Keys(("a", Secret), ("a", Secret))), StringComparison.Ordinal);
        Assert.Contains("has 3 entries", Assert.Single(Keys(("a", Secret), ("b", Secret), ("c", Secret))), StringComparison.Ordinal);
        var weak = Assert.Single(Keys(("a", "hush-hush")));
        Assert.StartsWith("Links:Keys:0:Secret is wrong: it must have at least 32 characters", weak, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", weak, StringComparison.Ordinal);
        Assert.Empty(Keys(("2026-02", Secret), ("2026-01", Secret)));

        static IReadOnlyList<string> Keys(params (string Id, string Secret)[] keys) =>
            Links([("Links:PublicBaseUrl", "https://uploads.example.com"), .. keys.SelectMany((key, i) => ((string, string)[])[($"Links:Keys:{i}:Id", key.Id), ($"Links:Keys:{i}:Secret", key.Secret)])]);
    }

    [Fact]
    public void A_mistyped_member_of_a_key_is_found() =>
        Assert.Contains("Links:Keys:0:Secrets is not a key of Gatehouse: did you mean Links:Keys:N:Secret?", Configured.Read(("Links:Keys:0:Secrets", "x")).Problems);

    [Fact]
    public void With_the_embedded_simulator_links_work_without_settings()
    {
        var links = Configured.Read().Options.Links;
        Assert.Equal("http://127.0.0.1:8080/", links.PublicBaseUrl!.AbsoluteUri);
        Assert.True(Assert.Single(links.Keys).Secret.Length >= 32);
    }

    [Theory]
    [InlineData("s3", "Blobs:S3:Bucket is \"\": it must name a bucket", "Blobs:S3:Region is \"\": it must name the bucket's region")]
    [InlineData("azure", "Blobs:Azure:Endpoint is \"\": it must be the address", "Blobs:Azure:Container is \"\": it must name a container", "Blobs:Azure:AccountKey is wrong: there must be it, or all of Blobs:Azure:TenantId")]
    public void An_object_store_says_what_it_lacks(string store, params string[] sentences)
    {
        var problems = Configured.Read(("Blobs:Store", store)).Problems;
        Assert.Equal(sentences.Length, problems.Count);
        Assert.All(sentences.Zip(problems), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Blobs:S3:SecretAccessKey", "hush", "Blobs:S3:SecretAccessKey is wrong: it and Blobs:S3:AccessKeyId go together")]
    [InlineData("Blobs:S3:SessionToken", "hush", "Blobs:S3:SessionToken is wrong: it must come with Blobs:S3:AccessKeyId")]
    [InlineData("Blobs:S3:Prefix", "/up", "Blobs:S3:Prefix is \"/up\": it must be letters, digits")]
    [InlineData("Blobs:S3:Prefix", "a/../b/", "Blobs:S3:Prefix is \"a/../b/\": it must be letters, digits")]
    public void A_buckets_wrong_value_is_named_and_a_secret_is_not(string key, string value, string sentence)
    {
        var problem = Configured.OnlyProblem(("Blobs:Store", "s3"), ("Blobs:S3:Region", "us-east-1"), ("Blobs:S3:Bucket", "files"), (key, value));
        Assert.StartsWith(sentence, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Blobs:Azure:AccountKey", "hush?", "Blobs:Azure:AccountKey is wrong: it must be base64")]
    [InlineData("Blobs:Azure:ClientSecret", "hush", "Blobs:Azure:AccountKey is wrong: there must be it, or all of")]
    public void A_containers_wrong_value_is_named_and_a_secret_is_not(string key, string value, string sentence)
    {
        var problem = Configured.OnlyProblem(("Blobs:Store", "azure"), ("Blobs:Azure:Endpoint", "https://account.blob.core.windows.net"), ("Blobs:Azure:Container", "files"), (key, value));
        Assert.StartsWith(sentence, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3", "Blobs:S3:Endpoint")]
    [InlineData("azure", "Blobs:Azure:Endpoint")]
    [InlineData("azure", "Blobs:Azure:LoginBaseAddress")]
    public void An_address_of_a_store_has_no_user_query_or_fragment_and_what_it_has_is_not_told(string store, string key)
    {
        (string, string)[] whole =
        [
            ("Blobs:Store", store), ("Blobs:S3:Region", "us-east-1"), ("Blobs:S3:Bucket", "files"),
            ("Blobs:Azure:Container", "files"), ("Blobs:Azure:AccountKey", "c2VjcmV0"), ("Blobs:Azure:Endpoint", "https://account.blob.core.windows.net/under"),
        ];
        Assert.Empty(Configured.Read(whole).Problems);
        foreach (var address in (string[])["https://user:hush@store.example", "https://store.example/?token=hush", "https://store.example/#hush"])
            Assert.Equal($"{key} is wrong: it must be an address without user, query and fragment.", Problem(address));
        Assert.Equal($"{key} is wrong: it must be an absolute http or https address, or empty.", Problem("ftp://user:hush@store.example"));

        string Problem(string address) => Configured.OnlyProblem([.. whole.Where(given => !string.Equals(given.Item1, key, StringComparison.Ordinal)), (key, address)]);
    }

    [Theory]
    [InlineData("Blobs:S3:Endpoint")]
    [InlineData("Blobs:Azure:Endpoint")]
    [InlineData("Blobs:Azure:LoginBaseAddress")]
    [InlineData("Links:PublicBaseUrl")]
    [InlineData("Genesys:LoginBaseAddress")]
    [InlineData("Genesys:ApiBaseAddress")]
    [InlineData("WebMessaging:Address")]
    [InlineData("Scanner:Address")]
    [InlineData("Urls")]
    public void An_address_that_may_hold_a_secret_is_masked_and_another_is_shown(string key)
    {
        foreach (var address in (string[])["https://user:hush@store.example", "https://store.example/?token=hush", "https://store.example/#hush"]) Assert.Equal("********", Shown(address));
        Assert.Equal("https://store.example/under", Shown("https://store.example/under"));

        string Shown(string address) => Configured.Shown((key, address)).Single(row => string.Equals(row.Key, key, StringComparison.Ordinal)).Value;
    }

    [Theory]
    [InlineData("http://*:9000", "http://127.0.0.1:9000/")]
    [InlineData("http://0.0.0.0:9000", "http://127.0.0.1:9000/")]
    [InlineData("http://localhost:9000", "http://127.0.0.1:9000/")]
    [InlineData("http://[::1]:9000", "http://[::1]:9000/")]
    [InlineData("http://10.0.0.5:9000", "http://10.0.0.5:9000/")]
    public void The_embedded_simulator_fetches_from_where_the_gateway_listens(string urls, string address)
    {
        var read = Configured.Read(("Urls", urls), ("ApiKeys:0:Name", "one"));
        Assert.Equal(address, read.Options.Links.PublicBaseUrl!.AbsoluteUri);
        Assert.DoesNotContain(read.Problems, problem => problem.StartsWith("Links:", StringComparison.Ordinal));
    }

    /// <summary>Problems about links, whether or not this version has the route.</summary>
    private static List<string> Links(params (string, string)[] settings) =>
        [.. Configured.Read([.. Real.Where(real => !settings.Any(given => string.Equals(given.Item1, real.Item1, StringComparison.Ordinal))), .. settings]).Problems.Where(p => p.StartsWith("Links:", StringComparison.Ordinal))];
}
