namespace Gatehouse.Gateway.Callers;

/// <summary>One entry of the configuration's <c>ApiKeys</c>.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Whose key it is: for logs and for <c>UploadRow.Caller</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>What <c>keys new</c> printed; never the key itself. See <see cref="StoredKey"/>.</summary>
    public string Hash { get; set; } = "";

    /// <summary><c>upload</c>, <c>read</c>, <c>admin</c>, separated by commas or spaces.</summary>
    public string Scopes { get; set; } = "upload";

    /// <summary>From then on the key is unknown; null: never.</summary>
    public DateTimeOffset? Expires { get; set; }
}
