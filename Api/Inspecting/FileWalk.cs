namespace Gatehouse.Api.Inspecting;

/// <summary>A file found, or why a path could not be looked at.</summary>
/// <param name="Path">As given, or found under what was given.</param>
internal sealed record FoundFile(string Path, string? Trouble);

/// <summary>The files under a path, in ordinal order, so that two runs print the same. No link is followed: not in a folder, and not as a path given.</summary>
internal static class FileWalk
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    public static IEnumerable<FoundFile> From(string path)
    {
        var folder = new DirectoryInfo(path);
        var isFolder = folder.Exists;
        FileSystemInfo given = isFolder ? folder : new FileInfo(path);
        if (IsLink(path)) return [new(path, "it is a link, and links are not followed.")];
        if (!given.Exists) return [new(path, "there is no such file or folder.")];
        return isFolder ? Inside(path) : [new(path, Trouble: null)];
    }

    private static IEnumerable<FoundFile> Inside(string root)
    {
        // A stack of its own: folders may nest deeper than calls can.
        var waiting = new Stack<(string Path, bool IsFolder)>([(root, true)]);
        while (waiting.TryPop(out var next))
        {
            if (!next.IsFolder)
            {
                yield return new(next.Path, Trouble: null);
                continue;
            }

            if (TryList(next.Path, out var trouble) is not { } entries)
            {
                yield return new(next.Path, trouble);
                continue;
            }

            foreach (var entry in entries.Where(IsOutOfReach).OrderBy(e => e.Name, StringComparer.Ordinal))
                yield return new(Path.Combine(next.Path, entry.Name), "it cannot be looked at: its name is not UTF-8, or it has gone.");
            foreach (var entry in entries.Where(e => !IsOutOfReach(e)).OrderByDescending(e => e.Name, StringComparer.Ordinal))
                waiting.Push((Path.Combine(next.Path, entry.Name), entry is DirectoryInfo));
        }
    }

    private static List<FileSystemInfo>? TryList(string folder, out string? trouble)
    {
        trouble = null;
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything).Where(e => IsOutOfReach(e) || !e.Attributes.HasFlag(FileAttributes.ReparsePoint))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            trouble = "it cannot be listed: " + e.Message;
            return null;
        }
    }

    /// <summary>.NET knows a file by its name as text: under one that is not UTF-8 it finds nothing, and says so with every attribute at once, that of a link too.</summary>
    private static bool IsOutOfReach(FileSystemInfo entry) => entry.Attributes == (FileAttributes)(-1);

    private static bool IsLink(string path)
    {
        try
        {
            // A trailing separator would ask for what the link points to.
            return File.GetAttributes(Path.TrimEndingDirectorySeparator(path)).HasFlag(FileAttributes.ReparsePoint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
