namespace Gatehouse.Scenarios.Killing;

/// <summary>Seeds of the parts of a seeded history. <see cref="HashCode"/> differs from process to process and would replay nothing.</summary>
internal static class Seeds
{
    public static int Of(params ReadOnlySpan<int> parts)
    {
        var seed = 17;
        foreach (var part in parts) seed = unchecked((seed * 486_187_739) + part);
        return seed & int.MaxValue;
    }
}
