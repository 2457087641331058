using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>What in a part's markup acts: fields, DDE, actions of shapes, pictures from elsewhere, queries.</summary>
internal sealed class PartMarkup(ZipFindings findings, long offset, Action macro) : IDisposable
{
    private readonly WordFields _fields = new(findings, offset);
    private readonly ElementText _texts = new(findings, offset);
    private bool _isInstruction;
    private bool _isRibbon;

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
                _texts.End(node);
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
            _fields.Add(text);
        _texts.Add(text);
    }

    private void SeeElement(MarkupReader node)
    {
        // What stands inside of one is ignored by its readers, and does not end it.
        _isInstruction |= IsInstruction(node) && !node.IsEmpty;
        _isRibbon = Ribbon.IsOne(node);
        _texts.Begin(node);
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
        switch (attribute.Name)
        {
            case "fldCharType":
                SeeFieldCharacter(attribute.Value.Trim());
                break;
            case "instr":
                _fields.Judge(attribute.Value);
                break;
            // Part 1, 21.1.2.3.5: what a click on a shape does.
            case "action" when StartsProgram(attribute.Value):
                findings.Active(offset, "a button that starts a program");
                break;
            case "macro":
                _texts.JudgeMacro(attribute.Value);
                break;
            case var _ when _isRibbon && Ribbon.CallsElsewhere(attribute):
                findings.Active(offset, "a ribbon that starts a macro of another file");
                break;
            // VML (part 4, 19.1.2): a picture's source, a shape's link.
            case "src" or "althref" when IsVml(node, attribute) && !Targets.IsLocal(attribute.Value):
                findings.Active(offset, "a picture from elsewhere");
                break;
            case "href" when IsVml(node, attribute) && !Targets.IsHonestLink(attribute.Value):
                findings.Active(offset, "a link that is not a plain web link");
                break;
        }
    }

    private void SeeFieldCharacter(ReadOnlySpan<char> type)
    {
        switch (type)
        {
            case "begin":
                _fields.Begin();
                break;
            case "separate":
                _fields.Separate();
                break;
            case "end":
                _fields.End();
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

    private static bool IsOffice(MarkupReader node) =>
        node.Namespace.Contains("wordprocessingml", StringComparison.OrdinalIgnoreCase) || node.Namespace.Contains("spreadsheetml", StringComparison.OrdinalIgnoreCase);

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
        (attribute.Namespace.IsEmpty ? node.Namespace : attribute.Namespace).StartsWith("urn:schemas-microsoft-com:");
}
