namespace Gatehouse.Gateway.Tests.Audit;

public sealed class AuditFilesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly AuditFolder _folder = new();

    [Fact]
    public void A_line_stands_in_the_file_of_its_UTC_day_whatever_came_before()
    {
        using (var files = _folder.Open())
        {
            files.Append(Noon, "1\n"u8);
            files.Append(new DateTimeOffset(2026, 11, 27, 1, 0, 0, TimeSpan.FromHours(2)), "2\n"u8);
            files.Append(Noon.AddDays(1), "3\n"u8);
            files.Append(Noon, "4\n"u8);
        }
        Assert.Equal(["2026-11-26-0001.jsonl", "2026-11-27-0001.jsonl"], _folder.Names);
        Assert.Equal("1\n2\n4\n", _folder.Text("2026-11-26-0001.jsonl"));
        Assert.Equal("3\n", _folder.Text("2026-11-27-0001.jsonl"));
    }

    [Fact]
    public void A_full_file_is_followed_by_the_next_number_and_a_start_goes_on_with_the_last()
    {
        using (var files = _folder.Open(maxFileBytes: 4))
        {
            foreach (var line in (string[])["1\n", "2\n", "3\n"]) files.Append(Noon, System.Text.Encoding.UTF8.GetBytes(line));
        }
        using (var files = _folder.Open(maxFileBytes: 4)) files.Append(Noon, "4\n"u8);
        Assert.Equal("1\n2\n", _folder.Text("2026-11-26-0001.jsonl"));
        Assert.Equal("3\n4\n", _folder.Text("2026-11-26-0002.jsonl"));
    }

    [Fact]
    public void After_a_torn_line_the_next_one_begins_on_its_own()
    {
        using (var files = _folder.Open()) files.Append(Noon, "{\"whole\":1}\n{\"to"u8);
        using (var files = _folder.Open()) files.Append(Noon, "{\"whole\":2}\n"u8);
        Assert.Equal(["{\"whole\":1}", "{\"to", "{\"whole\":2}"], _folder.Lines());
    }

    [Fact]
    public void Days_that_are_too_old_are_deleted_and_nothing_else()
    {
        using var files = _folder.Open();
        foreach (var name in (string[])["2026-08-27-0001.jsonl", "2026-08-28-0001.jsonl", "2026-08-27-9999.jsonl", "2026-01-01.jsonl", "notes.jsonl", "2020-01-01-0001.txt"]) File.WriteAllText(_folder.File(name), "\n");
        Assert.Equal(2, files.DeleteBefore(new DateOnly(2026, 8, 28)));
        Assert.Equal(["2026-01-01.jsonl", "2026-08-28-0001.jsonl", "notes.jsonl"], _folder.Names);
    }

    [Fact]
    public void A_file_that_somebody_took_away_is_begun_anew()
    {
        using var files = _folder.Open();
        files.Append(Noon, "1\n"u8);
        File.Move(_folder.File("2026-11-26-0001.jsonl"), _folder.File("taken.txt"));
        files.Flush();
        files.Append(Noon, "2\n"u8);
        Assert.Equal("2\n", _folder.Text("2026-11-26-0001.jsonl"));
    }

    [Fact]
    public void Folder_and_files_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var files = _folder.Open();
        files.Append(Noon, "1\n"u8);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("2026-11-26-0001.jsonl")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
