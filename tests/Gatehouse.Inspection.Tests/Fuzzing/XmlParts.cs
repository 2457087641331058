using System.Text;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>The tags of an XML part and the texts between them; end tags are made to fit, and what is no markup is escaped.</summary>
internal static class XmlParts
{
    public static List<byte[]> Split(byte[] content)
    {
        var parts = new List<byte[]>();
        for (var at = 0; at < content.Length;)
        {
            var rest = content.AsSpan(at);
            var length = rest[0] == '<' ? rest.IndexOf((byte)'>') + 1 : rest.IndexOf((byte)'<');
            length = length <= 0 ? rest.Length : length;
            parts.Add(rest[..length].ToArray());
            at += length;
        }

        return parts;
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        var (content, open) = (new List<byte>(), new Stack<string>());
        foreach (var part in parts)
        {
            var text = Encoding.Latin1.GetString(part);
            if (!text.StartsWith('<'))
                text = text.Replace("<", "&lt;", StringComparison.Ordinal);
            else if (text.StartsWith("</", StringComparison.Ordinal))
                text = open.TryPop(out var name) ? $"</{name}>" : string.Empty;
            else if (text.Length > 1 && char.IsAsciiLetter(text[1]) && text.EndsWith('>') && !text.EndsWith("/>", StringComparison.Ordinal))
                open.Push(NameOf(text));
            content.AddRange(Encoding.Latin1.GetBytes(text));
        }

        foreach (var name in open)
            content.AddRange(Encoding.Latin1.GetBytes($"</{name}>"));
        return [.. content];
    }

    private static string NameOf(string tag) => tag[1..tag.AsSpan().IndexOfAny(" \t\r\n>")];
}
