using Gatehouse.Actors;

namespace Gatehouse.Storage.Azure;

/// <summary>
/// A shared access signature for reading one blob: what it says, and what is signed of it ("Create a service SAS" and "Create a user delegation SAS", version 2020-12-06). The answer's type and disposition are
/// part of what is signed.
/// </summary>
internal sealed record SignedLink(string Account, string Container, string Blob, DateTimeOffset Expires, bool HttpsOnly, BlobPresentation Shown)
{
    private const string Read = "r";
    private const string IsBlob = "b";

    public string Version { get; init; } = AzureApi.Version;

    /// <summary>Of the answer.</summary>
    public string CacheControl { get; init; } = BlobPresentation.CacheControl;

    private string Protocol => HttpsOnly ? "https" : "";

    private string Resource => $"/blob/{Account}/{Container}/{Blob}";

    /// <summary>To be signed with the account's key.</summary>
    public string ServiceText() => string.Join('\n', [Read, "", AzureApi.Time(Expires), Resource, "", "", Protocol, Version, IsBlob, "", "", .. Answer]);

    /// <summary>To be signed with a user delegation key.</summary>
    public string DelegatedText(DelegationKey key) => string.Join(
        '\n',
        [
            Read, "", AzureApi.Time(Expires), Resource, key.ObjectId, key.TenantId, key.Start, key.Expiry, key.Service, key.Version, "", "", "", "", Protocol, Version, IsBlob, "", "", .. Answer,
        ]);

    /// <summary>The link's query, without its question mark.</summary>
    /// <param name="key">Null: the account's.</param>
    public string Query(string signature, DelegationKey? key)
    {
        List<(string Name, string Value)> members =
        [
            ("sv", Version), ("se", AzureApi.Time(Expires)), ("sr", IsBlob), ("sp", Read), ("spr", Protocol),
            ("rscc", CacheControl), ("rscd", Shown.ContentDisposition), ("rsct", Shown.ContentType),
        ];
        if (key is not null) members.AddRange([("skoid", key.ObjectId), ("sktid", key.TenantId), ("skt", key.Start), ("ske", key.Expiry), ("sks", key.Service), ("skv", key.Version)]);
        members.Add(("sig", signature));
        return string.Join('&', members.Where(m => m.Value.Length > 0).Select(m => $"{m.Name}={Uri.EscapeDataString(m.Value)}"));
    }

    /// <summary>Cache-Control, Content-Disposition, -Encoding, -Language, -Type of the answer.</summary>
    private string[] Answer => [CacheControl, Shown.ContentDisposition, "", "", Shown.ContentType];
}

/// <summary>A key that Entra ID's user may sign links with, as the service gave it. <paramref name="Value"/> is secret.</summary>
internal sealed record DelegationKey(string ObjectId, string TenantId, string Start, string Expiry, string Service, string Version, byte[] Value);
