using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

public sealed class DiskBlobContractTests : BlobStoreContract
{
    private readonly List<IDisposable> _opened = [];

    private protected override IBlobStore Open()
    {
        var blobs = new DiskBlobStore(Folder, Spool);
        _opened.Add(blobs);
        return blobs;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var blobs in _opened) blobs.Dispose();
        base.Dispose(disposing);
    }
}
