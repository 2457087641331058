namespace Gatehouse.Storage;

/// <summary>The folder that holds everything durable (<c>Data:Directory</c>), owned by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly OwnedFolder _owned;

    private DataFolder(OwnedFolder owned)
    {
        _owned = owned;
        PrivateFolder.Create(SpoolPath);
        PrivateFolder.Create(BlobsPath);
        using var names = new FolderSync(Root);
        names.Flush();
    }

    public string Root => _owned.Path;

    public string DatabasePath => Path.Combine(Root, "gatehouse.db");

    public string SpoolPath => Path.Combine(Root, "spool");

    /// <summary>Files of delivered uploads, to be written over.</summary>
    public string SparePath => Path.Combine(Root, "spare");

    public string BlobsPath => Path.Combine(Root, "blobs");

    /// <summary>Makes the folder where it is missing, for its owner only, and locks it for this process's life.</summary>
    /// <exception cref="DataFolderException">It is in use, or cannot be made or written. The message names <c>Data:Directory</c> and is fit to be shown.</exception>
    public static DataFolder Open(string path)
    {
        var owned = OwnedFolder.Open("Data:Directory", path);
        try
        {
            return new DataFolder(owned);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            owned.Dispose();
            throw new DataFolderException($"Data:Directory '{owned.Path}' cannot be used: {e.Message} Give another folder, or the right to write to this one.", e);
        }
    }

    public void Dispose() => _owned.Dispose();
}
