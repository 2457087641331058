namespace Gatehouse.Storage;

/// <summary>
/// The folder that holds everything durable (<c>Data:Directory</c>), owned by one process at a time. The operating system releases the lock when the process ends, however it ends.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _heldOpen;

    private DataFolder(string path, FileStream heldOpen)
    {
        _heldOpen = heldOpen;
        Root = path;
        PrivateFolder.Create(SpoolPath);
        PrivateFolder.Create(BlobsPath);
        using var names = new FolderSync(Root);
        names.Flush();
    }

    public string Root { get; }

    public string DatabasePath => Path.Combine(Root, "gatehouse.db");

    public string SpoolPath => Path.Combine(Root, "spool");

    /// <summary>Files of delivered uploads, to be written over.</summary>
    public string SparePath => Path.Combine(Root, "spare");

    public string BlobsPath => Path.Combine(Root, "blobs");

    /// <summary>Makes the folder where it is missing, for its owner only, and locks it for this process's life.</summary>
    /// <exception cref="DataFolderException">It is in use, or cannot be made or written. The message names <c>Data:Directory</c> and is fit to be shown.</exception>
    public static DataFolder Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            PrivateFolder.Create(path);
            return new DataFolder(path, Lock(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataFolderException($"Data:Directory '{path}' cannot be used: {e.Message} Give another folder, or the right to write to this one.", e);
        }
    }

    public void Dispose() => _heldOpen.Dispose();

    private static FileStream Lock(string path)
    {
        var file = Path.Combine(path, "gatehouse.lock");
        try
        {
            // On Unix .NET takes an exclusive flock for FileShare.None; on Windows the share mode itself refuses.
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(file) && e is not PathTooLongException)
        {
            throw new DataFolderException($"Data:Directory '{path}' is in use by another Gatehouse process: stop that one, or give this one a folder of its own.", e);
        }
    }
}

/// <summary>The data folder is in use or unusable; the message is one sentence for the operator.</summary>
public sealed class DataFolderException(string message, Exception innerException) : Exception(message, innerException);
