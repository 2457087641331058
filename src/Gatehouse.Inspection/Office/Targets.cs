namespace Gatehouse.Inspection.Office;

/// <summary>Where a relationship or a field leads.</summary>
internal static class Targets
{
    /// <summary>http, https, mailto, tel, a place in the document, or a file beside it; no share.</summary>
    public static bool IsHonestLink(string target)
    {
        target = Plain(target);
        return Scheme(target) is null or "http" or "https" or "mailto" or "tel" && !IsShare(target);
    }

    /// <summary>A file on a drive of the reader's own, or beside the document.</summary>
    public static bool IsLocal(string target)
    {
        target = Plain(target);
        if (target.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            var path = target["file:".Length..];
            return IsDrive(path.TrimStart('/')) && !path.StartsWith('\\');
        }

        return !IsShare(target) && (IsDrive(target) || Scheme(target) is null);
    }

    /// <summary>Absolute, whatever the relationship says of its mode.</summary>
    public static bool IsRemote(string target)
    {
        target = Plain(target);
        return IsShare(target) || Scheme(target) is not null;
    }

    private static bool IsShare(string target) => target.Length > 1 && target[0] is '/' or '\\' && target[1] is '/' or '\\';

    private static bool IsDrive(string target) => target.Length > 1 && char.IsAsciiLetter(target[0]) && target[1] is ':' or '|';

    private static string? Scheme(string target)
    {
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || target.AsSpan(0, colon).IndexOfAny("/\\#?") >= 0)
            return null;
        return target[..colon].ToLowerInvariant();
    }

    /// <summary>Without percent signs, and without what readers skip in an address.</summary>
    private static string Plain(string target) => string.Concat(Uri.UnescapeDataString(target).Where(c => c > ' ' && c != '\u00A0'));
}
