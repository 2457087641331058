using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Azure;

/// <summary>A page of the container's list.</summary>
/// <param name="Next">Where the next page begins; empty: this is the last.</param>
internal sealed record AzureListing(IReadOnlyList<ListedBlob> Blobs, string Next)
{
    /// <summary>What a list has no need of is not read.</summary>
    private static readonly XmlReaderSettings Strict = new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="StoreUnavailableException">It is no list.</exception>
    public static async ValueTask<AzureListing> ReadAsync(Stream answer, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(answer, Strict);
            var xml = (await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken)).Root!;
            var blobs = xml.Element("Blobs")!.Elements("Blob").Select(blob => new ListedBlob(
                blob.Element("Name")!.Value,
                long.Parse(blob.Element("Properties")!.Element("Content-Length")!.Value, CultureInfo.InvariantCulture),
                DateTimeOffset.ParseExact(blob.Element("Properties")!.Element("Last-Modified")!.Value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
            return new AzureListing([.. blobs], xml.Element("NextMarker")?.Value ?? "");
        }
        catch (Exception e) when (e is XmlException or NullReferenceException or FormatException or OverflowException)
        {
            throw new StoreUnavailableException("The object store answered with something that is no list of blobs.", e);
        }
    }
}

internal sealed record ListedBlob(string Name, long Length, DateTimeOffset Modified);
