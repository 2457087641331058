using System.Xml;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>What in a part's markup acts: fields, DDE, actions of shapes, pictures from elsewhere, queries.</summary>
internal sealed class PartMarkup(ZipFindings findings, long offset, Action macro)
{
    private readonly WordFields _fields = new(findings, offset);
    private readonly ElementText _texts = new(findings, offset);
    private bool _isInstruction;
    private bool _isRibbon;

    public void See(XmlReader node)
    {
        switch (node.NodeType)
        {
            case XmlNodeType.Element:
                SeeElement(node);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                if (_isInstruction || _texts.IsOpen)
                    SeeText(node.Value);
                break;
            case XmlNodeType.EndElement:
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

    private void SeeText(string text)
    {
        if (_isInstruction)
            _fields.Add(text);
        _texts.Add(text);
    }

    private void SeeElement(XmlReader node)
    {
        // What stands inside of one is ignored by its readers, and does not end it.
        _isInstruction |= IsInstruction(node) && !node.IsEmptyElement;
        _isRibbon = Ribbon.IsOne(node);
        _texts.Begin(node);
        switch (node.LocalName)
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
            case "volType" when node.GetAttribute("type") is "realTimeData":
                findings.Active(offset, "a formula that loads or starts something");
                break;
            case "webPublishItem":
                findings.Active(offset, "a sheet that is written elsewhere when it is saved");
                break;
            case "sourceFileName" when IsOffice(node) && !Targets.IsLocal(node.GetAttribute("val", node.NamespaceURI) ?? string.Empty):
                findings.Active(offset, "a frame with a page from elsewhere");
                break;
        }

        for (var more = node.MoveToFirstAttribute(); more; more = node.MoveToNextAttribute())
            SeeAttribute(node);
        node.MoveToElement();
    }

    private void SeeAttribute(XmlReader attribute)
    {
        switch (attribute.LocalName)
        {
            case "fldCharType":
                SeeFieldCharacter(attribute.Value.Trim());
                break;
            case "instr":
                _fields.Judge(attribute.Value);
                break;
            // Part 1, 21.1.2.3.5: what a click on a shape does.
            case "action" when StartsProgram(string.Concat(attribute.Value.Where(c => c > ' '))):
                findings.Active(offset, "a button that starts a program");
                break;
            case "macro":
                _texts.JudgeMacro(attribute.Value);
                break;
            case not null when _isRibbon && Ribbon.CallsElsewhere(attribute):
                findings.Active(offset, "a ribbon that starts a macro of another file");
                break;
            // VML (part 4, 19.1.2): a picture's source, a shape's link.
            case "src" or "althref" when IsVml(attribute) && !Targets.IsLocal(attribute.Value):
                findings.Active(offset, "a picture from elsewhere");
                break;
            case "href" when IsVml(attribute) && !Targets.IsHonestLink(attribute.Value):
                findings.Active(offset, "a link that is not a plain web link");
                break;
        }
    }

    private void SeeFieldCharacter(string type)
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

    private static bool StartsProgram(string action) =>
        action.StartsWith("ppaction://program", StringComparison.OrdinalIgnoreCase) || action.StartsWith("ppaction://macro", StringComparison.OrdinalIgnoreCase);

    private static bool IsInstruction(XmlReader node) => node.LocalName is "instrText" or "delInstrText";

    private static bool IsTrue(XmlReader node, string attribute) => node.GetAttribute(attribute)?.Trim() is "1" or "true";

    private static bool IsOffice(XmlReader node) =>
        node.NamespaceURI.Contains("wordprocessingml", StringComparison.OrdinalIgnoreCase) || node.NamespaceURI.Contains("spreadsheetml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The attribute's own namespace, or its element's.</summary>
    private static bool IsVml(XmlReader attribute)
    {
        const string Vml = "urn:schemas-microsoft-com:";
        var own = attribute.NamespaceURI;
        if (own.Length > 0)
            return own.StartsWith(Vml, StringComparison.Ordinal);
        var name = attribute.LocalName;
        attribute.MoveToElement();
        var isVml = attribute.NamespaceURI.StartsWith(Vml, StringComparison.Ordinal);
        attribute.MoveToAttribute(name);
        return isVml;
    }
}
