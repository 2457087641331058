namespace Gatehouse.Gateway.Configuration;

/// <summary>What every object's name in a store begins with.</summary>
internal static class ObjectPrefix
{
    public static void Check(KeyReader reader, TextKey key, string prefix)
    {
        if (prefix.Length > 200 || prefix.StartsWith('/') || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') || prefix.Contains("//", StringComparison.Ordinal) || prefix.Contains("..", StringComparison.Ordinal))
            reader.Refuse(key, "it must be letters, digits, hyphens, underscores, dots and slashes that do not stand first, such as gatehouse/");
    }
}
