using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Zip;

/// <summary>Judges under a policy that allows archives and Office documents.</summary>
internal static class Archives
{
    public const string Zip = "application/zip";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    public static InspectionPolicy Allowed { get; } = new() { AllowedTypes = [.. InspectionPolicy.DefaultAllowedTypes, Zip, Docx, Xlsx, Pptx] };

    public static Verdict.Accept Accepts(byte[] bytes, string mime = Zip)
    {
        var accepted = Judge.Accepts(bytes, policy: Allowed);
        Assert.Equal(mime, accepted.Mime);
        return accepted;
    }

    public static Verdict.Refuse Refuses(byte[] bytes, string? reason) => Judge.Refuses(bytes, reason, Allowed);

    /// <summary>Refused for it, and flagged where policy says so.</summary>
    public static void RefusesOrFlags(byte[] bytes, string reason, string mime = Zip)
    {
        Assert.Equal(RefusalCode.ContentUnsafe, Refuses(bytes, reason).Code);
        var flagged = Judge.Accepts(bytes, policy: Allowed with { FlagOnly = [reason] });
        Assert.Equal(mime, flagged.Mime);
        Assert.Equal([reason], flagged.Flags);
    }
}
