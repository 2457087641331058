using System.Globalization;

namespace Gatehouse.Storage.Azure;

/// <summary>Words of the Blob service's REST API.</summary>
internal static class AzureApi
{
    /// <summary>The version whose rules the requests follow and the signatures are made by: the newest that changed how a signature is made for what is used here.</summary>
    public const string Version = "2020-12-06";

    public const string VersionHeader = "x-ms-version";
    public const string DateHeader = "x-ms-date";
    public const string RangeHeader = "x-ms-range";
    public const string BlobTypeHeader = "x-ms-blob-type";
    public const string StoredTypeHeader = "x-ms-blob-content-type";

    /// <summary>Of a link's and a key's times.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
