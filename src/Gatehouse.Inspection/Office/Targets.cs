using System.Text;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>Where a relationship, a field or a formula leads.</summary>
internal static class Targets
{
    /// <summary>Browsers take some thousand characters; what is longer is not read, and leads nowhere good.</summary>
    private const int Longest = 8 * 1024;

    /// <summary>An address that waits in a browser, a mail or a telephone program, a place in the document, or a file on a drive that is no program; no share.</summary>
    public static bool IsHonestLink(string target)
    {
        if (target.Length > Longest)
            return false;
        target = Plain(target);
        return Scheme(target) switch
        {
            "http" or "https" or "ftp" or "mailto" or "e-mail" or "tel" or "callto" or "sip" or "sips" or "sms" or "cid" => !IsShare(target),
            "about" => string.Equals(target, "about:blank", StringComparison.OrdinalIgnoreCase),
            _ => IsOnDisk(target) && !IsProgram(target),
        };
    }

    /// <summary>What relative links are joined to: a web address or a folder beside the document, no drive and no share.</summary>
    public static bool IsHonestBase(string target)
    {
        if (target.Length > Longest)
            return false;
        target = Plain(target);
        return Scheme(target) is null or "http" or "https" or "ftp" && !IsShare(target);
    }

    /// <summary>A file on a drive of the reader's own, or beside the document.</summary>
    public static bool IsLocal(string target)
    {
        if (target.Length > Longest)
            return false;
        target = Plain(target);
        return IsOnDisk(target) && !target.StartsWith('\\');
    }

    /// <summary>Absolute, whatever the relationship says of its mode.</summary>
    public static bool IsRemote(string target)
    {
        if (target.Length > Longest)
            return true;
        target = Plain(target);
        return IsShare(target) || Scheme(target) is not null;
    }

    /// <summary>On a share, or behind a file address that names no drive.</summary>
    public static bool IsElsewhere(string target)
    {
        if (target.Length > Longest)
            return true;
        target = Plain(target);
        return IsShare(target) || (target.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && !IsOnDisk(target));
    }

    private static bool IsOnDisk(string target)
    {
        if (target.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            var path = target["file:".Length..];
            return IsDrive(path.TrimStart('/')) && !path.StartsWith('\\');
        }

        return !IsShare(target) && (IsDrive(target.TrimStart('/')) || Scheme(target) is null);
    }

    /// <summary>By its extension; the name of a host alone (www.example.com) is what people write for a web address.</summary>
    private static bool IsProgram(string target)
    {
        var end = target.IndexOfAny(['?', '#']);
        var path = end < 0 ? target : target[..end];
        var isHost = path.IndexOfAny(['/', '\\']) < 0
            && (path.EndsWith(".com", StringComparison.OrdinalIgnoreCase) || path.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || path.Contains('@', StringComparison.Ordinal));
        return !isHost && ProgramNames.IsOne(path);
    }

    /// <summary>Two slashes of either kind, or <c>\??\</c>, the kernel's name for whatever follows.</summary>
    private static bool IsShare(string target) =>
        target.Length > 1 && target[0] is '/' or '\\' && (target[1] is '/' or '\\' || target[1..].StartsWith("??", StringComparison.Ordinal));

    /// <summary>A letter with a colon, and then a path: what else follows makes a host of it.</summary>
    private static bool IsDrive(string target) =>
        target.Length > 1 && char.IsAsciiLetter(target[0]) && target[1] is ':' or '|' && (target.Length == 2 || target[2] is '/' or '\\');

    private static string? Scheme(string target)
    {
        target = target.TrimStart('/', '\\');
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || target.AsSpan(0, colon).IndexOfAny("/\\#?") >= 0)
            return null;
        return target[..colon].ToLowerInvariant();
    }

    /// <summary>Without percent signs, wide forms of letters and slashes, and what readers skip in an address; half characters have no form.</summary>
    private static string Plain(string target)
    {
        var whole = string.Concat(Uri.UnescapeDataString(target).Where(c => !char.IsSurrogate(c) && c < '\uFFFE'));
        return string.Concat(whole.Normalize(NormalizationForm.FormKC).Where(c => c > ' '));
    }
}
