namespace Gatehouse.Testing;

/// <summary>Tables of the pages under <c>docs/</c>.</summary>
public static class Documented
{
    /// <summary>The rows under a heading whose first cell is code, to the next heading.</summary>
    public static IReadOnlyList<string> Rows(string page, string heading) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", page))
            .SkipWhile(line => !string.Equals(line, heading, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)),
    ];
}
