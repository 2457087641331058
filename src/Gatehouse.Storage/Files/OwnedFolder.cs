namespace Gatehouse.Storage;

/// <summary>A folder that one process owns at a time, its owner's alone. The operating system releases the lock when the process ends, however it ends.</summary>
public sealed class OwnedFolder : IDisposable
{
    private readonly FileStream _heldOpen;

    private OwnedFolder(string path, FileStream heldOpen) => (Path, _heldOpen) = (path, heldOpen);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Makes the folder where it is missing, and locks it for this process's life.</summary>
    /// <param name="key">Of the configuration, for the sentence.</param>
    /// <exception cref="DataFolderException">It is in use, or cannot be made or written. The message names the key and is fit to be shown.</exception>
    public static OwnedFolder Open(string key, string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            PrivateFolder.Create(path);
            return new OwnedFolder(path, Lock(key, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataFolderException($"{key} '{path}' cannot be used: {e.Message} Give another folder, or the right to write to this one.", e);
        }
    }

    public void Dispose() => _heldOpen.Dispose();

    private static FileStream Lock(string key, string path)
    {
        var file = System.IO.Path.Combine(path, "gatehouse.lock");
        try
        {
            // On Unix .NET takes an exclusive flock for FileShare.None; on Windows the share mode itself refuses.
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(file) && e is not PathTooLongException)
        {
            throw new DataFolderException($"{key} '{path}' is in use by another Gatehouse process: stop that one, or give this one a folder of its own.", e);
        }
    }
}

/// <summary>A folder is in use or unusable; the message is one sentence for the operator.</summary>
public sealed class DataFolderException(string message, Exception innerException) : Exception(message, innerException);
