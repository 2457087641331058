namespace Gatehouse.Inspection;

/// <summary>What people call the types that can be let in, and the extensions their files have; the first is given where a name has none of them.</summary>
internal static class KnownTypes
{
    private static readonly Dictionary<string, (string Name, string[] Extensions)> ByMime = new(StringComparer.Ordinal)
    {
        ["image/png"] = ("PNG", [".png"]),
        ["image/jpeg"] = ("JPEG", [".jpg", ".jpeg", ".jpe", ".jfif"]),
        ["application/pdf"] = ("PDF", [".pdf"]),
        ["image/gif"] = ("GIF", [".gif"]),
        ["image/webp"] = ("WebP", [".webp"]),
        ["image/heic"] = ("HEIC", [".heic", ".heif", ".hif"]),
        ["image/heif"] = ("HEIF", [".heif", ".heic", ".hif"]),
        ["video/mp4"] = ("MP4", [".mp4", ".m4v"]),
        ["text/plain"] = ("plain text", [".txt", ".text", ".log", ".csv", ".md"]),
        ["application/zip"] = ("ZIP", [".zip"]),
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ("Word (DOCX)", [".docx"]),
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ("Excel (XLSX)", [".xlsx"]),
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ("PowerPoint (PPTX)", [".pptx"]),
    };

    public static string NameOf(string mime) => ByMime.TryGetValue(mime, out var known) ? known.Name : mime;

    /// <summary>A name without an extension disagrees with nothing.</summary>
    public static bool ExtensionDisagrees(string? filename, string mime)
    {
        var extension = Path.GetExtension(filename.AsSpan()).TrimEnd(" .");
        if (extension.Length < 2 || !ByMime.TryGetValue(mime, out var known))
            return false;
        foreach (var own in known.Extensions)
        {
            if (extension.Equals(own, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    /// <summary>What a delivered name ends in; <c>IsOwn</c>: it ends in it already.</summary>
    public static (string Text, bool IsOwn) EndingFor(string name, string mime)
    {
        if (!ByMime.TryGetValue(mime, out var known))
            return (string.Empty, false);
        foreach (var extension in known.Extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && name.Length > extension.Length)
                return (name[^extension.Length..], true);
        }

        return (known.Extensions[0], false);
    }

    /// <summary>"PNG, JPEG or PDF".</summary>
    public static string Listed(IReadOnlyList<string> mimes)
    {
        var names = mimes.Select(NameOf).ToArray();
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }
}
