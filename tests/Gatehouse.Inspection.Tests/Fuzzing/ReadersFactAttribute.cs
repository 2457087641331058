namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A fact that asks other programs; skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadersFactAttribute : FactAttribute
{
    public ReadersFactAttribute()
    {
        if (IndependentReader.Missing is { Count: > 0 } missing)
            Skip = $"{string.Join(", ", missing)} is not installed.";
    }
}
