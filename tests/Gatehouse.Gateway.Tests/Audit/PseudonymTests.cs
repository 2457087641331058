using System.Security.Cryptography;
using System.Text;
using Gatehouse.Gateway.Audit;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Audit;

public sealed class PseudonymTests : GatewayAtSimulator, IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private readonly AuditFolder _audit = new();

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Audit = new AuditOptions { Directory = _audit.Path, HashKey = Key } };

    [Fact]
    public async Task With_a_key_contact_names_and_hash_are_hashed_and_can_be_found_with_it()
    {
        await Gateway.UploadAsync("ada", "hello", filename: "passport of ada.txt");
        var record = Assert.Single(await _audit.RecordsAsync(1));
        var line = Assert.Single(_audit.Lines());
        Assert.DoesNotContain("ada", line, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningGateway.Sha256("hello"), line, StringComparison.Ordinal);
        Assert.Equal(Hash("contact:ada"), record.GetProperty("contact").GetString());
        Assert.Equal(Hash("filename:passport of ada.txt"), record.GetProperty("original_filename").GetString());
        Assert.Equal(Hash("filename:passport of ada.txt"), record.GetProperty("filename").GetString());
        Assert.Equal(Hash("sha256:" + RunningGateway.Sha256("hello")), record.GetProperty("sha256").GetString());
        Assert.Equal(("accept", "text/plain", 5), (record.GetProperty("verdict").GetString(), record.GetProperty("detected_mime").GetString(), record.GetProperty("size").GetInt32()));
    }

    [Fact]
    public void Keys_are_told_apart_without_being_told()
    {
        var (one, other) = (new Pseudonyms(Key), new Pseudonyms(Key + "x"));
        Assert.NotEqual(one.KeyName, other.KeyName);
        Assert.NotEqual(one.Of("contact", "ada"), other.Of("contact", "ada"));
        Assert.DoesNotContain(one.KeyName!, one.Of("contact", "ada")!, StringComparison.Ordinal);
        Assert.Null(new Pseudonyms("").KeyName);
        Assert.Equal("ada", new Pseudonyms("").Of("contact", "ada"));
    }

    public void Dispose() => _audit.Dispose();

    /// <summary>What docs/audit.md tells to do with openssl.</summary>
    private static string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(text)));
}
