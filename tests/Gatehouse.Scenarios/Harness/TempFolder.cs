namespace Gatehouse.Scenarios.Harness;

internal sealed class TempFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("gatehouse-scenario-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (IOException)
        {
            // A file that a killed process' last write recreated is the temporary folder's business.
        }
    }
}
