using System.Globalization;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>A segment's file is named by its slot, which is used again; its number also tells which use of it, and is never used twice.</summary>
internal static class SegmentNames
{
    private const string Suffix = ".seg";
    private const int SlotBits = 16;

    public static long Number(long generation, int slot) => (generation << SlotBits) | (long)slot;

    public static int SlotOf(long number) => (int)(number & ((1 << SlotBits) - 1));

    public static long GenerationOf(long number) => number >> SlotBits;

    public static string PathOf(string folder, int slot) => Path.Combine(folder, slot.ToString("d4", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>What the folder holds; files of other names are not ours.</summary>
    public static IReadOnlyList<(int Slot, string Path)> In(string folder)
    {
        var found = new List<(int, string)>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Suffix))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var slot)) found.Add((slot, path));
        }
        return found;
    }
}
