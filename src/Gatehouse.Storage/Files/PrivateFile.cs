namespace Gatehouse.Storage;

/// <summary>Files that tell of customers are their owner's alone: mode 0600 where there are modes, and never executable.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>To be written, unbuffered: one write is one call of the system. Others may read it, move it and delete it meanwhile.</summary>
    /// <param name="mode">One that may make the file.</param>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
