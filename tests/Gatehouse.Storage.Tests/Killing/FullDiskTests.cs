namespace Gatehouse.Storage.Tests.Killing;

/// <summary>The kernel refuses every write that would make a file longer: the log cannot take a commit.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_could_not_be_committed_failed_and_is_not_there_and_what_was_answered_is_also_after_a_start()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var writer = Child.StartWithoutFileSizeSignal(FullDiskWriter.Word, _folder.Path);
        var said = new List<string[]>();
        while (await writer.LineAsync() is { } line) said.Add(line.Split(' '));
        Assert.Equal((0, ""), await writer.EndAsync());
        await FullDiskWriter.CheckAsync(_folder.Path, said);
    }

    public void Dispose() => _folder.Dispose();
}
