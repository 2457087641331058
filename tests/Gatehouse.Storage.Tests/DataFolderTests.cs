namespace Gatehouse.Storage.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_second_owner_is_refused_with_a_sentence_until_the_first_lets_go()
    {
        var path = _folder.File("data");
        using (DataFolder.Open(path))
        {
            var refused = Assert.Throws<DataFolderException>(() => DataFolder.Open(path));
            Assert.Contains("Data:Directory", refused.Message, StringComparison.Ordinal);
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        }
        DataFolder.Open(path).Dispose();
    }

    [Fact]
    public void Its_folders_are_the_owners_alone()
    {
        using var data = DataFolder.Open(_folder.File("data"));
        foreach (var path in (string[])[data.Root, data.SpoolPath, data.BlobsPath])
        {
            Assert.True(Directory.Exists(path));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void A_path_that_can_be_no_folder_is_refused_with_a_sentence()
    {
        var file = _folder.File("file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<DataFolderException>(() => DataFolder.Open(file));
        Assert.Contains("Data:Directory", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
