using System.Net;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Addresses in markup that is not well-formed, as older drawings are: read like HTML, attribute by attribute, whatever stands around them. Zero bytes are
/// skipped, so that UTF-16 counts as well.
/// </summary>
internal sealed class LooseAddresses(ZipFindings findings, long offset) : IDisposable
{
    private const int Longest = 8 * 1024;

    private static readonly string[] Names = ["SRC", "HREF", "ALTHREF"];

    private readonly PooledChars _word = new();
    private string? _attribute;
    private char _quote;

    public void Read(Stream part)
    {
        using var buffer = new PooledSpan<byte>(16 * 1024);
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

    public void Dispose() => _word.Dispose();

    private void See(char c)
    {
        if (_attribute is not null)
            SeeValue(c);
        else if (c == '=' && Name() is { } name)
            (_attribute, _quote) = (name, '\0');
        else if (char.IsAsciiLetter(c) || (char.IsWhiteSpace(c) && _word.Length is > 0 and < 64))
            Append(c);
        else
            _word.Clear();
        if (_attribute is null && _word.Length > 64)
            _word.Clear();
    }

    /// <summary>The last word before the equals sign, if it is an address's.</summary>
    private string? Name()
    {
        var words = _word.Text.TrimEnd();
        var name = words[(words.LastIndexOfAny(" \t\r\n") + 1)..];
        string? address = null;
        foreach (var one in Names)
        {
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase))
                address = one;
        }

        _word.Clear();
        return address;
    }

    private void SeeValue(char c)
    {
        if (_word.Length == 0 && _quote == '\0' && char.IsWhiteSpace(c))
            return;
        if (_word.Length == 0 && _quote == '\0' && c is '"' or '\'')
            _quote = c;
        else if (_quote == '\0' ? char.IsWhiteSpace(c) || c == '>' : c == _quote)
            EndValue();
        else if (Append(c) > Longest)
            EndValue();
    }

    private void EndValue()
    {
        // Only what has references is copied, to be read without them.
        var address = _word.Text.Contains('&') ? WebUtility.HtmlDecode(_word.Text.ToString()) : _word.Text;
        if (_attribute is { } attribute && !address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            Judge(attribute, address);
        _word.Clear();
        _attribute = null;
    }

    private void Judge(string attribute, ReadOnlySpan<char> address)
    {
        if (attribute is "HREF" ? !Targets.IsHonestLink(address) : !Targets.IsLocal(address))
            findings.Active(offset, "a picture or a link to something outside it");
    }

    private int Append(char c)
    {
        _word.Add([c]);
        return _word.Length;
    }
}
