namespace Gatehouse.Gateway.Health;

/// <summary>Tries whether the spool's disk takes a file.</summary>
public sealed class SpoolProbe(string directory)
{
    /// <summary>Null when it does, else one sentence.</summary>
    public string? Check()
    {
        // A name of its own, since probes may overlap; what a crash leaves goes with the spool's leftovers.
        var path = Path.Combine(directory, $"probe-{Guid.NewGuid():n}.part");
        try
        {
            using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose)) file.Write("ready"u8);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "The spool folder under Data:Directory takes no file.";
        }
    }
}
