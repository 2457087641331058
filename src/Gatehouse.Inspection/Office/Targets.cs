using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>Where a relationship, a field or a formula leads.</summary>
internal static class Targets
{
    /// <summary>Browsers take some thousand characters; what is longer is not read, and leads nowhere good.</summary>
    private const int Longest = 8 * 1024;

    private static readonly string[] LinkSchemes = ["http", "https", "ftp", "mailto", "e-mail", "tel", "callto", "sip", "sips", "sms", "cid"];
    private static readonly string[] WebSchemes = ["http", "https", "ftp"];

    /// <summary>An address that waits in a browser, a mail or a telephone program, a place in the document, or a file on a drive that is no program; no share.</summary>
    public static bool IsHonestLink(ReadOnlySpan<char> target)
    {
        if (target.Length > Longest)
            return false;
        using var plain = new PlainAddress(target);
        var address = plain.Text;
        var scheme = Scheme(address);
        if (IsOneOf(scheme, LinkSchemes))
            return !IsShare(address);
        return Is(scheme, "about") ? Is(address, "about:blank") : IsOnDisk(address) && !IsProgram(address);
    }

    /// <summary>What relative links are joined to: a web address or a folder beside the document, no drive and no share.</summary>
    public static bool IsHonestBase(ReadOnlySpan<char> target)
    {
        if (target.Length > Longest)
            return false;
        using var plain = new PlainAddress(target);
        var scheme = Scheme(plain.Text);
        return (scheme.IsEmpty || IsOneOf(scheme, WebSchemes)) && !IsShare(plain.Text);
    }

    /// <summary>A file on a drive of the reader's own, or beside the document.</summary>
    public static bool IsLocal(ReadOnlySpan<char> target)
    {
        if (target.Length > Longest)
            return false;
        using var plain = new PlainAddress(target);
        return IsOnDisk(plain.Text) && plain.Text is not ['\\', ..];
    }

    /// <summary>Absolute, whatever the relationship says of its mode.</summary>
    public static bool IsRemote(ReadOnlySpan<char> target)
    {
        if (target.Length > Longest)
            return true;
        using var plain = new PlainAddress(target);
        return IsShare(plain.Text) || !Scheme(plain.Text).IsEmpty;
    }

    /// <summary>On a share, or behind a file address that names no drive.</summary>
    public static bool IsElsewhere(ReadOnlySpan<char> target)
    {
        if (target.Length > Longest)
            return true;
        using var plain = new PlainAddress(target);
        return IsShare(plain.Text) || (plain.Text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && !IsOnDisk(plain.Text));
    }

    private static bool IsOnDisk(ReadOnlySpan<char> target)
    {
        if (target.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            var path = target["file:".Length..];
            return IsDrive(path.TrimStart('/')) && path is not ['\\', ..];
        }

        return !IsShare(target) && (IsDrive(target.TrimStart('/')) || Scheme(target).IsEmpty);
    }

    /// <summary>By its extension; the name of a host alone (www.example.com) is what people write for a web address.</summary>
    private static bool IsProgram(ReadOnlySpan<char> target)
    {
        var end = target.IndexOfAny('?', '#');
        var path = end < 0 ? target : target[..end];
        var isHost = path.IndexOfAny('/', '\\') < 0
            && (path.EndsWith(".com", StringComparison.OrdinalIgnoreCase) || path.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || path.Contains('@'));
        return !isHost && ProgramNames.IsOne(path);
    }

    /// <summary>Two slashes of either kind, or <c>\??\</c>, the kernel's name for whatever follows.</summary>
    private static bool IsShare(ReadOnlySpan<char> target) =>
        target.Length > 1 && target[0] is '/' or '\\' && (target[1] is '/' or '\\' || target[1..].StartsWith("??"));

    /// <summary>A letter with a colon, and then a path: what else follows makes a host of it.</summary>
    private static bool IsDrive(ReadOnlySpan<char> target) =>
        target.Length > 1 && char.IsAsciiLetter(target[0]) && target[1] is ':' or '|' && (target.Length == 2 || target[2] is '/' or '\\');

    /// <summary>Empty: it has none.</summary>
    private static ReadOnlySpan<char> Scheme(ReadOnlySpan<char> target)
    {
        target = target.TrimStart("/\\");
        var colon = target.IndexOf(':');
        return colon <= 0 || target[..colon].IndexOfAny("/\\#?") >= 0 ? default : target[..colon];
    }

    private static bool IsOneOf(ReadOnlySpan<char> scheme, string[] schemes)
    {
        foreach (var one in schemes)
        {
            if (Is(scheme, one))
                return true;
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<char> text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
