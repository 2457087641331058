using System.Globalization;

namespace Gatehouse.Gateway.Multipart;

/// <summary>Path separators and NUL behind an encoding: no honest client sends one, and the next reader may decode it.</summary>
internal static class HiddenCharacters
{
    /// <summary>Deep enough for a name that three hands have escaped.</summary>
    private const int MaxLayers = 3;

    /// <summary>What a percent escape in the text hides, through several layers (<c>%252F</c>); null: nothing.</summary>
    public static string? Find(string text)
    {
        for (var layer = 0; layer < MaxLayers && text.Contains('%', StringComparison.Ordinal); layer++)
        {
            for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0 && at + 2 < text.Length; at = text.IndexOf('%', at + 1))
            {
                if (!byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) continue;
                var hidden = value switch
                {
                    0 => "a NUL",
                    (byte)'/' or (byte)'\\' => "a path separator",
                    // C0 and C1 begin overlong forms only: another way to write ASCII.
                    0xC0 or 0xC1 => "an overlong UTF-8 form",
                    _ => null,
                };
                if (hidden is not null) return hidden;
            }
            text = text.Replace("%25", "%", StringComparison.Ordinal);
        }
        return null;
    }

    /// <summary>The same for text that was behind an encoding itself.</summary>
    public static string? FindDecoded(string text)
    {
        foreach (var c in text)
        {
            if (c is '/' or '\\') return "a path separator";
            if (c != '\t' && char.IsControl(c)) return "a control character";
        }
        return Find(text);
    }
}
