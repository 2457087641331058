using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

/// <summary>Each wrong value is one sentence: the key, the value, what is allowed.</summary>
public sealed class WrongValueTests
{
    private const string Simulator = "http://, an IP address of this machine or localhost, and a port, such as http://127.0.0.1:8090, or empty.";
    private const string Listen = ListenAddress.Allowed + "; several are separated by semicolons.";

    [Theory]
    [InlineData("Limits:MaxFileBytes", "5 MB", "Limits:MaxFileBytes is \"5 MB\": it must be a whole number from 1 to 2147483647.")]
    [InlineData("Limits:MaxFileBytes", "10485761", "Limits:MaxFileBytes is \"10485761\": it must be at most 10485760, which is what the route contact-attachments carries.")]
    [InlineData("Delivery:WaitSeconds", "61", "Delivery:WaitSeconds is \"61\": it must be a whole number from 0 to 60.")]
    [InlineData("Delivery:Route", "carrier-pigeon", "Delivery:Route is \"carrier-pigeon\": it must be contact-attachments or open-messaging or agent-media or web-messaging or contact-note.")]
    [InlineData("Delivery:Route", "open-messaging", "OpenMessaging:IntegrationId is empty: the route open-messaging (Delivery:Route) needs it.")]
    [InlineData("Delivery:Route", "web-messaging", "WebMessaging:DeploymentId is empty: the route web-messaging (Delivery:Route) needs it.")]
    [InlineData("Delivery:Offer", "agent-media, owl", "Delivery:Offer is \"owl\": it must be contact-attachments or open-messaging or agent-media or web-messaging or contact-note.")]
    [InlineData("Delivery:Offer", "open-messaging", "OpenMessaging:IntegrationId is empty: the route open-messaging (Delivery:Offer) needs it.")]
    [InlineData("OpenMessaging:IntegrationId", "a/b", "OpenMessaging:IntegrationId is \"a/b\": it must be an id of Genesys Cloud, such as 12345678-90ab-cdef-1234-567890abcdef.")]
    [InlineData("WebMessaging:DeploymentId", "d1", "WebMessaging:TokenKey is empty: with WebMessaging:DeploymentId it must be set.")]
    [InlineData("WebMessaging:TokenKey", "c2hvcnQ=", "WebMessaging:TokenKey is wrong: it must be 32 random bytes in Base64, as from openssl rand -base64 32.")]
    [InlineData("WebMessaging:Address", "https://webmessaging.mypurecloud.com", "WebMessaging:Address is \"https://webmessaging.mypurecloud.com\": it must be an absolute ws or wss address, such as wss://webmessaging.mypurecloud.com/v1, or empty.")]
    [InlineData("WebMessaging:Origin", "example.org", "WebMessaging:Origin is \"example.org\": it must be an origin such as https://www.example.org, or empty.")]
    [InlineData("LargeFiles:MaxFileBytes", "64 MB", "LargeFiles:MaxFileBytes is \"64 MB\": it must be a whole number from 0 to 2147483647.")]
    [InlineData("State:Store", "mongo", "State:Store is \"mongo\": it must be sqlite or memory or postgres.")]
    [InlineData("State:Store", "postgres", "State:ConnectionString is wrong: it must name the database server, as in Host=db.example.org;Database=gatehouse;Username=gatehouse;Password=….")]
    [InlineData("Blobs:Store", "floppy", "Blobs:Store is \"floppy\": it must be disk or postgres or s3 or azure.")]
    [InlineData("Links:LifetimeHours", "0", "Links:LifetimeHours is \"0\": it must be a whole number from 1 to 8784.")]
    [InlineData("Blobs:Store", "postgres", "Blobs:Store is \"postgres\": State:Store must be postgres too, as the files go into its database.")]
    [InlineData("State:ConnectionString", "Host=x;Password=hush", "State:ConnectionString is wrong: it must be empty while State:Store is sqlite.")]
    [InlineData("Audit:RetentionDays", "-1", "Audit:RetentionDays is \"-1\": it must be a whole number from 0 to 36500.")]
    [InlineData("Audit:HashKey", "short", "Audit:HashKey is wrong: it must have at least 32 characters, or be empty; make one with: openssl rand -base64 32.")]
    [InlineData("Scanner:Address", "127.0.0.1:3310", "Scanner:Address is \"127.0.0.1:3310\": it must be clamd's address, as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl, or empty.")]
    [InlineData("Scanner:Address", "unix:clamd.ctl", "Scanner:Address is \"unix:clamd.ctl\": it must be clamd's address, as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl, or empty.")]
    [InlineData("Scanner:Address", "tcp://clamd", "Scanner:Address is \"tcp://clamd\": it must be clamd's address, as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl, or empty.")]
    [InlineData("Scanner:Address", "http://clamd:3310", "Scanner:Address is \"http://clamd:3310\": it must be clamd's address, as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl, or empty.")]
    [InlineData("Scanner:Address", "tcp://clamd:3310/scan", "Scanner:Address is \"tcp://clamd:3310/scan\": it must be clamd's address, as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl, or empty.")]
    [InlineData("Scanner:Inconclusive", "maybe", "Scanner:Inconclusive is \"maybe\": it must be refuse or accept.")]
    [InlineData("Dedupe:RetentionHours", "721", "Dedupe:RetentionHours is \"721\": it must be at most 720, as a duplicate is answered with its first upload's row and Uploads:KeepDays is 30.")]
    [InlineData("Simulator:Url", "8090", "Simulator:Url is \"8090\": it must be " + Simulator)]
    [InlineData("Simulator:Url", "https://127.0.0.1:8090", "Simulator:Url is \"https://127.0.0.1:8090\": it must be " + Simulator)]
    [InlineData("Simulator:Url", "http://127.0.0.1:", "Simulator:Url is \"http://127.0.0.1:\": it must be " + Simulator)]
    [InlineData("Simulator:Url", "http://x@127.0.0.1:8090", "Simulator:Url is wrong: it must be " + Simulator)]
    [InlineData("Urls", "8080", "Urls has \"8080\": it must be " + Listen)]
    [InlineData("Urls", "http://127.0.0.1:8081;http://127.0.0.1:808l", "Urls has \"http://127.0.0.1:808l\": it must be " + Listen)]
    [InlineData("Urls", "http://127.0.0.1:99999", "Urls has \"http://127.0.0.1:99999\": it must be " + Listen)]
    [InlineData("Urls", "http://hush@127.0.0.1:8080", "Urls has an address with a user, a query or a fragment: it must be " + Listen)]
    [InlineData("Urls", ";", "Urls has no address: it must be " + Listen)]
    [InlineData("Urls", "http://0.0.0.0:8080", "Urls has \"http://0.0.0.0:8080\": without ApiKeys it must be a loopback address such as http://127.0.0.1:8080.")]
    [InlineData("Urls", "http://*:8080", "Urls has \"http://*:8080\": without ApiKeys it must be a loopback address such as http://127.0.0.1:8080.")]
    [InlineData("ApiKeys:0:Expires", "soon", "ApiKeys:0:Expires is \"soon\": it must be a date and time such as 2027-01-31T00:00:00Z, or empty.", true)]
    [InlineData("Delivery:GiveUpAfterHours", "87673", "Delivery:GiveUpAfterHours is \"87673\": it must be a whole number from 1 to 87672.")]
    public void A_wrong_value_is_named_with_what_is_allowed(string key, string value, string sentence, bool among = false)
    {
        var problems = Configured.Read((key, value)).Problems;
        Assert.Contains(sentence, problems);
        if (!among) Assert.Single(problems);
    }

    [Fact]
    public void A_type_that_nothing_can_check_is_not_let_in()
    {
        var sentence = Configured.OnlyProblem(("Limits:AllowedTypes:0", "application/x-msdownload"));
        Assert.StartsWith("Limits:AllowedTypes has \"application/x-msdownload\": it must be of ", sentence, StringComparison.Ordinal);
        Assert.Contains("image/png", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Audit:Directory", "data")]
    [InlineData("Audit:Directory", "data/spool/")]
    [InlineData("Quarantine:Directory", "data/blobs")]
    [InlineData("Quarantine:Directory", "data/audit")]
    public void What_is_deleted_by_its_age_has_a_folder_of_its_own(string key, string folder) =>
        Assert.Equal($"{key} is \"{Path.GetFullPath(folder)}\": it must be a folder of its own, as Gatehouse keeps something else there.", Configured.OnlyProblem((key, folder)));

    [Theory]
    [InlineData("http://localhost:9000")]
    [InlineData("http://127.0.0.1:9000;http://[::1]:9000")]
    public void Loopback_needs_no_keys(string urls) => Assert.Empty(Configured.Read(("Urls", urls)).Problems);

    [Fact]
    public void Genesys_own_rules_speak_too() =>
        Assert.Contains(Configured.Read(("Genesys:Region", "atlantis")).Problems, p => p.StartsWith("Genesys:Region is \"atlantis\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("Host=127.0.0.1;Port=99999")]
    [InlineData("Host=127.0.0.1:99999")]
    [InlineData("Host=127.0.0.1:x")]
    [InlineData("Host=127.0.0.1;Minimum Pool Size=50")]
    public void A_connection_that_only_the_connecting_would_find_wrong_stops_the_start(string connection) =>
        Assert.StartsWith("State:ConnectionString is wrong: ", Configured.OnlyProblem(("State:Store", "postgres"), ("State:ConnectionString", connection)), StringComparison.Ordinal);

    [Fact]
    public void A_secret_is_never_in_a_sentence() => Assert.DoesNotContain(
        Configured.Read(("State:ConnectionString", "hush"), ("Genesys:ClientSecret", "hush hush"), ("Audit:HashKey", "hush"), ("ApiKeys:0:Hash", "hush")).Problems,
        p => p.Contains("hush", StringComparison.Ordinal));

    [Fact]
    public void Without_simulator_and_credentials_there_is_no_start()
    {
        var problems = Configured.Read(("Simulator:Url", "")).Problems;
        Assert.All(["Genesys:ClientId", "Genesys:ClientSecret", "Genesys:Region", "Delivery:Route"], key => Assert.Contains(problems, p => p.StartsWith(key + " is ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Production_needs_keys_a_route_and_credentials()
    {
        var problems = GatehouseOptions.Read(Configured.With(), "Production").Problems;
        Assert.All(["ApiKeys is ", "Genesys:ClientId is ", "Genesys:ClientSecret is ", "Genesys:Region is ", "Delivery:Route is "], start => Assert.Contains(problems, p => p.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_Development_runs_without_keys() =>
        Assert.Contains(GatehouseOptions.Read(Configured.With(), "Staging").Problems, p => p.StartsWith("ApiKeys is empty", StringComparison.Ordinal));
}
