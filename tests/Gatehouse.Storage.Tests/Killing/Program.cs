namespace Gatehouse.Storage.Tests.Killing;

/// <summary>What the tests start as a process of its own: one that can be killed, or has a limit on its files.</summary>
internal static class Program
{
    public static Task<int> Main(string[] words) => words switch
    {
        [BusyWriter.Word, var folder, var seed] => BusyWriter.RunAsync(folder, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture)),
        [FullDiskWriter.Word, var folder] => FullDiskWriter.RunAsync(folder),
        _ => Task.FromResult(0),
    };
}
