namespace Gatehouse.Inspection.Names;

/// <summary>The extensions that a delivered file of a type may end in; the first is given where the name has none of them.</summary>
internal static class TypeExtensions
{
    private static readonly Dictionary<string, string[]> ByMime = new(StringComparer.Ordinal)
    {
        ["image/png"] = [".png"],
        ["image/jpeg"] = [".jpg", ".jpeg", ".jpe", ".jfif"],
        ["application/pdf"] = [".pdf"],
        ["image/gif"] = [".gif"],
        ["image/webp"] = [".webp"],
        ["image/heic"] = [".heic", ".heif", ".hif"],
        ["image/heif"] = [".heif", ".heic", ".hif"],
        ["video/mp4"] = [".mp4", ".m4v"],
        ["text/plain"] = [".txt", ".text", ".log", ".csv", ".md"],
        ["application/zip"] = [".zip"],
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = [".docx"],
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = [".xlsx"],
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = [".pptx"],
    };

    /// <summary><c>IsOwn</c>: the name ends in it already.</summary>
    public static (string Text, bool IsOwn) EndingFor(string name, string mime)
    {
        if (!ByMime.TryGetValue(mime, out var allowed))
            return (string.Empty, false);
        foreach (var extension in allowed)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && name.Length > extension.Length)
                return (name[^extension.Length..], true);
        }

        return (allowed[0], false);
    }
}
