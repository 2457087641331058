using Gatehouse.Inspection.Names;

namespace Gatehouse.Inspection.Zip;

/// <summary>Names that Windows takes for something else than a file of that name (Microsoft, "Naming Files, Paths, and Namespaces", "File Streams").</summary>
internal static class WindowsNames
{
    private const int LongestDevice = 7;

    /// <summary>The types of a file's streams that can be opened by name.</summary>
    private static readonly string[] StreamTypes = [":$DATA", ":$INDEX_ALLOCATION", ":$BITMAP"];

    public static bool HasOne(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split('/'))
        {
            if (IsDevice(name[range]) || IsStream(name[range]))
                return true;
        }

        return false;
    }

    /// <summary>The file of which an entry would be a stream; empty: of none. Behind a colon in a sentence stands a blank.</summary>
    public static ReadOnlySpan<char> FileOfStream(ReadOnlySpan<char> name)
    {
        var segment = name.LastIndexOf('/') + 1;
        var colon = name[segment..].IndexOf(':');
        return colon > 0 && !name[(segment + colon + 1)..].StartsWith(' ') ? name[..(segment + colon)] : default;
    }

    private static bool IsDevice(ReadOnlySpan<char> segment)
    {
        var dot = segment.IndexOf('.');
        var stem = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        return stem.Length <= LongestDevice && DeviceNames.IsOne(stem.ToString());
    }

    private static bool IsStream(ReadOnlySpan<char> segment)
    {
        foreach (var type in StreamTypes)
        {
            if (segment.TrimEnd(" .").EndsWith(type, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
