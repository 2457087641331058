using System.Diagnostics;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>A node's data folder on a disk of its own, small enough to be filled: memory that is mounted, which needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <summary>Room for a node's database, segments and spare files, and for what a run leaves lying for a while.</summary>
    private const int Megabytes = 256;

    private readonly TemporaryFolder _folder = new();

    public SmallDisk()
    {
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m,mode=0700", "tmpfs", Path)) throw new InvalidOperationException("The small disk could not be mounted.");
    }

    /// <summary>Null: one can be had here.</summary>
    public static string? Missing { get; } = WhyNot();

    public string Path => _folder.Path;

    private string Filler => _folder.File("filler");

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        var piece = new byte[64 * 1024];
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true) filler.Write(piece);
        }
        catch (IOException)
        {
            // Full, as it shall be.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        _folder.Dispose();
    }

    private static string? WhyNot()
    {
        const string Reason = "a small disk cannot be mounted without root";
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return Reason;
        try
        {
            new SmallDisk().Dispose();
            return null;
        }
        catch (InvalidOperationException)
        {
            return Reason;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
