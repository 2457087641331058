using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>Content types of parts that may not be there, whatever the parts are called.</summary>
internal static class ActingTypes
{
    public static bool IsOne(ReadOnlySpan<char> type) => OfficeKinds.IsMacro(type) || IsControl(type) || IsLink(type);

    public static void Judge(ReadOnlySpan<char> type, ZipFindings findings, long offset, Action macro)
    {
        if (OfficeKinds.IsMacro(type))
            macro();
        if (IsControl(type))
            findings.Active(offset, "a control (ActiveX)");
        if (IsLink(type))
            findings.Active(offset, "links to other workbooks");
    }

    private static bool IsControl(ReadOnlySpan<char> type) => type.Contains("activeX", StringComparison.OrdinalIgnoreCase);

    private static bool IsLink(ReadOnlySpan<char> type) => type.Contains("externalLink+", StringComparison.OrdinalIgnoreCase);
}
