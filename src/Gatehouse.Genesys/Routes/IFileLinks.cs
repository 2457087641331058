using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>Makes links under which whoever holds one can fetch an upload's bytes until it expires.</summary>
public interface IFileLinks
{
    /// <summary>A new link to the same bytes each time; earlier ones go on working until they expire. It is a secret: it goes to Genesys and into no log.</summary>
    /// <exception cref="IOException">No link could be made now (the object store does not answer); another try may.</exception>
    ValueTask<FileLink> MakeAsync(UploadRow upload, CancellationToken cancellationToken);
}

/// <summary>An address that is a capability: it gives the bytes to whoever asks, until it expires.</summary>
public sealed record FileLink(Uri Address, DateTimeOffset Expires)
{
    // It says what a capability must not.
    public override string ToString() => $"{nameof(FileLink)} {{ until {Expires:O} }}";
}
