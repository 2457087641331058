using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>What in a part's markup acts: fields, DDE, actions of shapes, pictures from elsewhere, queries.</summary>
internal sealed class PartMarkup(ZipFindings findings, long offset, Action macro) : IDisposable
{
    private readonly WordFields _fields = new(findings, offset);
    private readonly ElementText _texts = new(findings, offset);
    private readonly Surroundings _surroundings = new();
    private bool _isInstruction;
    private bool _isShown;
    private bool _isRibbon;

    /// <summary>What is loaded by it, to be looked at with its relationships.</summary>
    public LoadedRelations Loaded { get; } = new(findings, offset);

    public void See(MarkupReader node)
    {
        switch (node.Kind)
        {
            case MarkupKind.Element:
                SeeElement(node);
                break;
            case MarkupKind.Text:
                SeeText(node.Text);
                break;
            default:
                _isInstruction &= !IsInstruction(node);
                _isShown &= !IsShown(node);
                _texts.End(node);
                _surroundings.End(node);
                break;
        }
    }

    public void Finish()
    {
        _fields.Finish();
        _texts.End();
    }

    public void Dispose()
    {
        _fields.Dispose();
        _texts.Dispose();
    }

    private void SeeText(ReadOnlySpan<char> text)
    {
        if (_isInstruction)
            _fields.Add(text, _surroundings.Here);
        else if (_isShown && _fields.IsInCode && !text.IsWhiteSpace())
            _fields.AddOptional();
        _texts.Add(text);
    }

    private void SeeElement(MarkupReader node)
    {
        // What stands inside of one is ignored by its readers, and does not end it.
        _surroundings.Begin(node, isBranch: _isInstruction);
        _isInstruction |= IsInstruction(node) && !node.IsEmpty;
        _isShown |= IsShown(node) && !node.IsEmpty;
        _isRibbon = Ribbon.IsOne(node);
        _texts.Begin(node);
        if (_fields.IsInCode)
            SeeInCode(node);
        switch (node.Name)
        {
            // Excel 4's sheets ([MS-OFFMACRO2] 2.2.1), whatever their name.
            case "macrosheet" when node.Depth == 0:
                macro();
                break;
            case "ddeLink" or "oleLink":
                findings.Active(offset, "a link to another program (DDE or OLE)");
                break;
            case "mailMerge" or "connectString" or "dbPr" or "webPr" when IsOffice(node):
                findings.Active(offset, "a query of a database, a file or a web page");
                break;
            case "definedName" when IsTrue(node, "xlm") || IsTrue(node, "vbProcedure") || IsTrue(node, "function"):
                findings.Active(offset, "a name that stands for a macro");
                break;
            case "volType" when node.Attributes.TryGet("type", out var type) && type is "realTimeData":
                findings.Active(offset, "a formula that loads or starts something");
                break;
            case "webPublishItem":
                findings.Active(offset, "a sheet that is written elsewhere when it is saved");
                break;
            case "sourceFileName" when IsOffice(node) && !Targets.IsLocal(OwnValue(node)):
                findings.Active(offset, "a frame with a page from elsewhere");
                break;
        }

        for (var i = 0; i < node.Attributes.Count; i++)
            SeeAttribute(node, node.Attributes[i]);
    }

    private void SeeAttribute(MarkupReader node, MarkupAttribute attribute)
    {
        Loaded.See(node, attribute);
        switch (attribute.Name)
        {
            case "fldCharType" when node.Name is "fldChar" && _surroundings.IsLetter(node.Vocabulary) && _surroundings.IsLetter(attribute.Vocabulary):
                SeeFieldCharacter(attribute.Value.Trim());
                break;
            case "fldCharType":
                findings.Active(offset, "a field that programs read differently");
                break;
            case "instr":
                _fields.Judge(attribute.Value);
                break;
            // Part 1, 21.1.2.3.5: what a click on a shape does.
            case "action" when StartsProgram(attribute.Value):
                findings.Active(offset, "a button that starts a program");
                break;
            case "macro" or "fmlaMacro":
                _texts.JudgeMacro(attribute.Value);
                break;
            // A control's cells ([MS-XLSX] 2.6.75), a shape's text, a table's input (part 1, 20.5.2.29 and 18.3.1.40).
            case "fmlaGroup" or "fmlaLink" or "fmlaRange" or "fmlaTxbx" or "textlink":
            case "r1" or "r2" when node.Name is "f":
                _texts.JudgeFormula(attribute.Value);
                break;
            case "sheet" when node.Name is "worksheetSource" && Targets.IsBookElsewhere(attribute.Value):
                findings.Active(offset, "a table that reads a workbook on another computer");
                break;
            case var _ when _isRibbon && Ribbon.CallsElsewhere(attribute):
                findings.Active(offset, "a ribbon that starts a macro of another file");
                break;
            // VML (part 4, 19.1.2): a picture's source, a shape's link.
            case "src" or "althref" when IsVml(node, attribute) && !Targets.IsLocal(attribute.Value):
                findings.Active(offset, "a picture from elsewhere");
                break;
            // Part 4, 19.1.2.11: of a picture and of what fills a shape it is the source.
            case "href" when node.Name is "imagedata" or "fill" or "stroke" && IsVml(node, attribute) && !Targets.IsLocal(attribute.Value):
                findings.Active(offset, "a picture from elsewhere");
                break;
            case "href" when IsVml(node, attribute) && !Targets.IsHonestLink(attribute.Value):
                findings.Active(offset, "a link that is not a plain web link");
                break;
        }
    }

    /// <summary>Characters that are elements (part 1, 17.3.3): blanks, and those of which readers make this or that.</summary>
    private void SeeInCode(MarkupReader node)
    {
        if (!_surroundings.IsLetter(node.Vocabulary))
            return;
        if (node.Name is "p" or "tab" or "ptab" or "br" or "cr")
            _fields.Add(" ", _surroundings.Here);
        else if (node.Name is "noBreakHyphen" or "softHyphen" or "sym")
            _fields.AddOptional();
    }

    private void SeeFieldCharacter(ReadOnlySpan<char> type)
    {
        switch (type)
        {
            case "begin":
                _fields.Begin(_surroundings.Here);
                break;
            case "separate":
                _fields.Separate(_surroundings.Here);
                break;
            case "end":
                _fields.End(_surroundings.Here);
                break;
        }
    }

    /// <summary>Whatever blanks stand between its letters.</summary>
    private static bool StartsProgram(ReadOnlySpan<char> action)
    {
        Span<char> start = stackalloc char["ppaction://program".Length];
        var length = 0;
        for (var i = 0; i < action.Length && length < start.Length; i++)
        {
            if (action[i] > ' ')
                start[length++] = action[i];
        }

        ReadOnlySpan<char> plain = start[..length];
        return plain.StartsWith("ppaction://program", StringComparison.OrdinalIgnoreCase) || plain.StartsWith("ppaction://macro", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsInstruction(MarkupReader node) => node.Name is "instrText" or "delInstrText";

    private static bool IsTrue(MarkupReader node, ReadOnlySpan<char> attribute) => node.Attributes.TryGet(attribute, out var value) && value.Trim() is "1" or "true";

    /// <summary>Text of a letter, which is a field's instruction where it stands in one to LibreOffice, and may be to others.</summary>
    private static bool IsShown(MarkupReader node) => node.Name is "t" or "delText";

    private static bool IsOffice(MarkupReader node) => node.Vocabulary.Is(Vocabulary.LetterOrSheet);

    /// <summary>"val" in the element's own namespace.</summary>
    private static ReadOnlySpan<char> OwnValue(MarkupReader node)
    {
        for (var i = 0; i < node.Attributes.Count; i++)
        {
            if (node.Attributes[i] is { Name: "val" } attribute && attribute.Namespace.SequenceEqual(node.Namespace))
                return attribute.Value;
        }

        return default;
    }

    /// <summary>The attribute's own namespace, or its element's.</summary>
    private static bool IsVml(MarkupReader node, MarkupAttribute attribute) =>
        (attribute.Namespace.IsEmpty ? node.Vocabulary : attribute.Vocabulary).Is(Vocabulary.Drawing);
}
