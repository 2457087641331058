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

    /// <summary>Numbers of objects that nobody may refer to.</summary>
    public required IReadOnlySet<int> Hidden { get; init; }

    /// <summary>Something refers to one of them.</summary>
    public bool SawHidden { get; private set; }

    /// <summary>Whether other objects must be known to judge this one.</summary>
    public static bool LeadsOn(PdfValue value) => value switch
    {
        PdfDictionary dictionary => dictionary.Entries.Exists(static entry => IsJudged(entry.Key) && (entry.Value is PdfReference || entry.Key is "EF" or "XFA") || LeadsOn(entry.Value)),
        PdfArray array => array.Items.Exists(LeadsOn),
        _ => false,
    };

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
            case PdfReference reference:
                SawHidden |= Hidden.Count > 0 && Hidden.Contains(reference.Number);
                break;
        }
    }

    /// <summary>Whether what stands there is looked at, also behind a reference.</summary>
    private static bool IsJudged(string key) => key is "JS" or "JavaScript" or "S" or "Subtype" or "Type" or "URI" or "Base" or "F" or "UF" or "DOS" or "Unix" or "Mac" or "FS" or "EF" or "XFA";

    private void JudgeDictionary(PdfDictionary dictionary, long offset)
    {
        var active = false;
        foreach (var (key, value) in dictionary.Entries)
        {
            switch (key)
            {
                case "JS":
                    active |= objects.Any(value, static reading => reading is not PdfWord { Text: "null" });
                    break;
                case "JavaScript":
                    active |= objects.Any(value, static reading => reading is not PdfWord { Text: "null" } && !IsEmptyTree(reading), isWhole: true);
                    break;
                case "S" or "Subtype" or "Type":
                    active |= IsActive(key, value, offset);
                    break;
                case "URI" or "Base":
                    active |= Says(value, static address => !Addresses.IsHonestLink(address));
                    break;
                case "F" or "UF" or "DOS":
                    active |= Says(value, Addresses.IsRemoteFile);
                    break;
                case "Unix" or "Mac":
                    active |= Says(value, Addresses.IsRemote);
                    break;
                case "FS":
                    active |= objects.Any(value, static reading => reading is PdfName { Text: "URL" });
                    break;
                case "EF":
                    embedded.SeeFile(dictionary, value, offset, Says);
                    break;
                case "XFA":
                    active |= Forms?.HasScript(value) ?? false;
                    break;
            }
        }

        if (active)
            findings.Add(Reasons.ActiveContent, offset, Sentence);
    }

    /// <summary>What is left where a program takes a document's scripts out.</summary>
    private static bool IsEmptyTree(PdfValue value) => value is PdfDictionary { Entries: [] or [{ Key: "Names", Value: PdfArray { Items: [] } }] };

    private bool IsActive(string key, PdfValue value, long offset)
    {
        if (value is PdfName direct)
            return IsActive(key, direct.Text, offset);
        var active = false;
        objects.Any(value, reading =>
        {
            active |= reading is PdfName name && IsActive(key, name.Text, offset);
            return false;
        });
        return active;
    }

    private bool IsActive(string key, string name, long offset)
    {
        embedded.SeeName(key, name, offset);
        return key switch
        {
            "S" => name is "JavaScript" or "Launch" or "SubmitForm" or "ImportData" or "GoToE" or "Rendition" or "Movie" or "RichMediaExecute" or "GoTo3DView",
            "Subtype" => name is "RichMedia" or "Movie" or "3D",
            _ => name is "Rendition" or "RichMedia" or "3D",
        };
    }

    /// <summary>Whether a string, or any definition of it, passes a test.</summary>
    private bool Says(PdfValue value, Func<byte[], bool> test) =>
        value is PdfString direct ? test(DecryptString?.Invoke(direct.Bytes) ?? direct.Bytes) : objects.Any(value, reading => reading is PdfString text && test(text.Bytes));
}
