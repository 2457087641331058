using System.Net;
using System.Text;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Addresses in markup that is not well-formed, as older drawings are: read like HTML, attribute by attribute, whatever stands around them. Zero bytes are
/// skipped, so that UTF-16 counts as well.
/// </summary>
internal sealed class LooseAddresses(ZipFindings findings, long offset)
{
    private const int Longest = 8 * 1024;

    private readonly StringBuilder _word = new();
    private string? _attribute;
    private char _quote;

    public void Read(Stream part)
    {
        using var buffer = new PooledSpan(16 * 1024);
        for (int read; (read = part.Read(buffer.Span)) > 0;)
        {
            foreach (var value in buffer.Span[..read])
            {
                if (value != 0)
                    See((char)value);
            }
        }

        EndValue();
    }

    private void See(char c)
    {
        if (_attribute is not null)
            SeeValue(c);
        else if (c == '=' && Name() is { } name)
            (_attribute, _quote) = (name, '\0');
        else if (char.IsAsciiLetter(c) || (char.IsWhiteSpace(c) && _word.Length is > 0 and < 64))
            _word.Append(c);
        else
            _word.Clear();
        if (_attribute is null && _word.Length > 64)
            _word.Clear();
    }

    /// <summary>The last word before the equals sign, if it is an address's.</summary>
    private string? Name()
    {
        var name = _word.ToString().TrimEnd();
        _word.Clear();
        name = name[(name.LastIndexOfAny([' ', '\t', '\r', '\n']) + 1)..].ToUpperInvariant();
        return name is "SRC" or "HREF" or "ALTHREF" ? name : null;
    }

    private void SeeValue(char c)
    {
        if (_word.Length == 0 && _quote == '\0' && char.IsWhiteSpace(c))
            return;
        if (_word.Length == 0 && _quote == '\0' && c is '"' or '\'')
            _quote = c;
        else if (_quote == '\0' ? char.IsWhiteSpace(c) || c == '>' : c == _quote)
            EndValue();
        else if (_word.Append(c).Length > Longest)
            EndValue();
    }

    private void EndValue()
    {
        var address = WebUtility.HtmlDecode(_word.ToString());
        _word.Clear();
        var attribute = _attribute;
        _attribute = null;
        if (attribute is null || address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return;
        if (attribute is "HREF" ? !Targets.IsHonestLink(address) : !Targets.IsLocal(address))
            findings.Active(offset, "a picture or a link to something outside it");
    }
}
