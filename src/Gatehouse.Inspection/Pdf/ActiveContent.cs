namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Judges parsed dictionaries: actions that run, send, fetch or open something (ISO 32000-1, 12.6.4), players, and files within the file. Every
/// dictionary counts, referenced or not; never bytes in strings or in page content.
/// </summary>
internal sealed class ActiveContent(PdfObjects objects, PdfFindings findings, EmbeddedFiles embedded)
{
    private const string Sentence = "This PDF holds active content, such as a script or a link that opens a program. Print it to PDF and send that copy.";

    /// <summary>Decrypts the strings of the object being judged; null: they are plain.</summary>
    public Func<byte[], byte[]>? DecryptString { get; set; }

    public XfaForms? Forms { get; init; }

    public void Judge(PdfValue value, long offset)
    {
        switch (value)
        {
            case PdfDictionary dictionary:
                JudgeDictionary(dictionary, offset);
                foreach (var (_, inner) in dictionary.Entries)
                    Judge(inner, offset);
                break;
            case PdfArray array:
                foreach (var item in array.Items)
                    Judge(item, offset);
                break;
        }
    }

    private void JudgeDictionary(PdfDictionary dictionary, long offset)
    {
        var active = false;
        var isUri = false;
        foreach (var (key, value) in dictionary.Entries)
        {
            switch (key)
            {
                case "JS" or "JavaScript":
                    active |= objects.Resolve(value) is not (null or PdfWord { Text: "null" });
                    break;
                case "S" or "Subtype" or "Type" when Name(value) is { } name:
                    active |= IsActive(key, name);
                    isUri |= (key, name) is ("S", "URI");
                    embedded.SeeName(key, name, offset);
                    break;
                case "URI":
                    active |= objects.Resolve(value) is PdfString address && !Addresses.IsHonestLink(Plain(address));
                    break;
                case "F" or "UF" or "DOS" or "Unix" or "Mac":
                    active |= objects.Resolve(value) is PdfString target && !isUri && Addresses.IsRemote(Plain(target));
                    break;
                case "FS":
                    active |= Name(value) is "URL";
                    break;
                case "EF":
                    embedded.SeeFile(dictionary, offset, Plain);
                    break;
                case "XFA":
                    active |= Forms?.HasScript(value) ?? false;
                    break;
            }
        }

        if (active)
            findings.Add(Reasons.ActiveContent, offset, Sentence);
    }

    private static bool IsActive(string key, string name) => key switch
    {
        "S" => name is "JavaScript" or "Launch" or "SubmitForm" or "ImportData" or "GoToE" or "Rendition" or "Movie" or "RichMediaExecute" or "GoTo3DView",
        "Subtype" => name is "RichMedia" or "Movie" or "3D",
        _ => name is "Rendition" or "RichMedia" or "3D",
    };

    private string? Name(PdfValue value) => (objects.Resolve(value) as PdfName)?.Text;

    private byte[] Plain(PdfString text) => DecryptString?.Invoke(text.Bytes) ?? text.Bytes;
}
