namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A fact that asks other programs; skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadersFactAttribute : FactAttribute
{
    public ReadersFactAttribute()
    {
        if (FuzzFormats.All.Any(f => f.Mime is "image/png" or "image/jpeg" or "application/pdf" && IndependentReader.Of(f.Mime) is null))
            Skip = "pngtopnm, djpeg, qpdf or pdftotext is not installed.";
    }
}
