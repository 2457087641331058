using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>Content types of parts that may not be there, whatever the parts are called.</summary>
internal static class ActingTypes
{
    public static bool IsOne(string type) => OfficeKinds.IsMacro(type) || IsControl(type) || IsLink(type);

    public static void Judge(string type, ZipFindings findings, long offset, Action macro)
    {
        if (OfficeKinds.IsMacro(type))
            macro();
        if (IsControl(type))
            findings.Active(offset, "a control (ActiveX)");
        if (IsLink(type))
            findings.Active(offset, "links to other workbooks");
    }

    private static bool IsControl(string type) => type.Contains("activeX", StringComparison.OrdinalIgnoreCase);

    private static bool IsLink(string type) => type.Contains("externalLink+", StringComparison.OrdinalIgnoreCase);
}
