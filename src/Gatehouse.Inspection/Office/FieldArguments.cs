using System.Buffers;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// What stands behind a field's name (ECMA-376 part 1, 17.16.1): arguments in quotation marks or up to a blank, and switches, a backslash with one
/// character. An argument may stand behind a switch, with a blank between or without.
/// </summary>
/// <param name="instruction">Without the field's name.</param>
/// <param name="valued">Switches whose value is no argument.</param>
internal ref struct FieldArguments(ReadOnlySpan<char> instruction, ReadOnlySpan<char> valued)
{
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"\u201C\u201D");
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\u00A0\"\u201C\u201D");

    private readonly ReadOnlySpan<char> _valued = valued;
    private ReadOnlySpan<char> _rest = instruction;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly FieldArguments GetEnumerator() => this;

    public bool MoveNext()
    {
        var isValue = false;
        while (true)
        {
            _rest = _rest.TrimStart();
            if (_rest.IsEmpty)
                return false;
            if (_rest is ['\\', not '\\', ..])
            {
                isValue = _valued.Contains(_rest.Slice(1, 1), StringComparison.OrdinalIgnoreCase);
                _rest = _rest[2..];
                continue;
            }

            Current = Next();
            if (!isValue)
                return true;
            isValue = false;
        }
    }

    private ReadOnlySpan<char> Next()
    {
        var isQuoted = Quotes.Contains(_rest[0]);
        var text = isQuoted ? _rest[1..] : _rest;
        var end = text.IndexOfAny(isQuoted ? Quotes : Ends);
        _rest = end < 0 ? default : text[(isQuoted ? end + 1 : end)..];
        return end < 0 ? text : text[..end];
    }
}
