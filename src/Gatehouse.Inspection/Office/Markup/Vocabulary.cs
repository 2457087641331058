namespace Gatehouse.Inspection.Office.Markup;

/// <summary>What a namespace is to those who judge.</summary>
[Flags]
internal enum Vocabulary
{
    Other = 0,

    /// <summary>Of what a letter's text is made: Word's own, and that of equations in it.</summary>
    Letter = 1,

    /// <summary>The same in strict documents (ECMA-376 part 1, annex A).</summary>
    StrictLetter = 1 << 1,

    /// <summary>Called like Word's or Excel's, of whatever year.</summary>
    LetterOrSheet = 1 << 2,

    /// <summary>Of equations, whose fractions are called as formulas are (part 1, 22.1).</summary>
    Equation = 1 << 3,

    /// <summary>Of drawings in VML.</summary>
    Drawing = 1 << 4,

    /// <summary>Of a document's own ribbon.</summary>
    Ribbon = 1 << 5,

    /// <summary>Excel's of 2010 ([MS-XLSX] 2.4), whose formulas are elements of a namespace of their own.</summary>
    Sheet2010 = 1 << 6,
    SheetFormula = 1 << 7,

    /// <summary>One of those of documents, in the standard or Microsoft's own, that have formulas.</summary>
    Office = 1 << 8,

    /// <summary>Of attributes that lead to a relationship by its id.</summary>
    Relation = 1 << 9,
}

/// <summary>Told once for each declaration, as elements are very many.</summary>
internal static class Vocabularies
{
    private static readonly string[] Beginnings =
    [
        "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "urn:schemas-microsoft-com:",
        "http://schemas.microsoft.com/office/drawing/", "http://schemas.microsoft.com/office/excel/", "http://schemas.microsoft.com/office/spreadsheetml/",
    ];

    /// <summary>Whether it is one of several.</summary>
    public static bool Is(this Vocabulary vocabulary, Vocabulary any) => (vocabulary & any) != Vocabulary.Other;

    public static Vocabulary Of(ReadOnlySpan<char> uri)
    {
        var found = uri switch
        {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main" or "http://schemas.openxmlformats.org/officeDocument/2006/math" => Vocabulary.Letter,
            "http://purl.oclc.org/ooxml/wordprocessingml/main" or "http://purl.oclc.org/ooxml/officeDocument/math" => Vocabulary.StrictLetter,
            "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" => Vocabulary.Sheet2010,
            "http://schemas.microsoft.com/office/excel/2006/main" => Vocabulary.SheetFormula,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships" or "http://purl.oclc.org/ooxml/officeDocument/relationships" => Vocabulary.Relation,
            _ => Vocabulary.Other,
        };
        if (uri.Contains("wordprocessingml", StringComparison.OrdinalIgnoreCase) || uri.Contains("spreadsheetml", StringComparison.OrdinalIgnoreCase))
            found |= Vocabulary.LetterOrSheet;
        if (uri.EndsWith("/math"))
            found |= Vocabulary.Equation;
        if (uri.StartsWith("urn:schemas-microsoft-com:"))
            found |= Vocabulary.Drawing;
        if (uri.EndsWith("/customui", StringComparison.OrdinalIgnoreCase))
            found |= Vocabulary.Ribbon;
        foreach (var beginning in Beginnings)
        {
            if (uri.StartsWith(beginning))
                found |= Vocabulary.Office;
        }

        return found;
    }
}
