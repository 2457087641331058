using System.Buffers;
using System.Globalization;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Field instructions (ECMA-376 part 1, 17.16): collected over the runs into which they are cut, one inside another, and judged when they end. QUOTE with
/// numbers spells characters (17.16.5), so it is read for the field around it; what another one makes is not known, and stands there as a mark.
/// </summary>
internal sealed class WordFields(ZipFindings findings, long offset) : IDisposable
{
    private const int MaxNesting = 32;

    private static readonly string[] Starting = ["DDE", "DDEAUTO", "LINK", "DATABASE"];
    private static readonly string[] Loading = ["INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "RD"];
    private static readonly string[] Leading = ["HYPERLINK"];

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The outermost is the text outside of all fields.</summary>
    private readonly List<FieldCode> _fields = [new()];
    private int _open = 1;

    /// <summary>Where text is a field's instruction, whatever element it is in.</summary>
    public bool IsInCode => _open > 1 && !Innermost.IsResult;

    private FieldCode Innermost => _fields[_open - 1];

    public void Begin(Surrounding here)
    {
        if (_open > MaxNesting)
            throw ZipStops.Structure(offset, "its fields are nested too deeply");
        if (_open == _fields.Count)
            _fields.Add(new FieldCode());
        _open++;
        Innermost.Begin(here);
    }

    /// <summary>The field's result follows, in which others may stand that make nothing of its instruction.</summary>
    public void Separate(Surrounding here)
    {
        CheckIsRead(here);
        Innermost.IsResult = true;
    }

    public void Add(ReadOnlySpan<char> instruction, Surrounding here) => Innermost.Add(instruction, here);

    /// <summary>What some readers take for a part of the instruction.</summary>
    public void AddOptional() => Innermost.Add([FieldCode.Optional], Innermost.Start);

    public void End(Surrounding here)
    {
        CheckIsRead(here);
        var ended = Innermost;
        Judge(ended);
        if (_open == 1)
        {
            ended.Begin(default);
            return;
        }

        _open--;
        var instruction = ended.Text;
        if (instruction.StartsWith("QUOTE", StringComparison.OrdinalIgnoreCase) && !ended.HasDeletion)
            AddQuoted(instruction["QUOTE".Length..], ended.Start);
        else if (IsInCode)
            Innermost.Add([FieldCode.Unknown], ended.Start);
    }

    /// <summary>The part ends: fields that never ended, and what stands outside of all.</summary>
    public void Finish()
    {
        for (; _open > 0; _open--)
            Judge(Innermost);
    }

    public void Judge(ReadOnlySpan<char> instruction)
    {
        instruction = instruction.TrimStart();
        var length = instruction.IndexOfAnyExcept(Letters);
        var name = length < 0 ? instruction : instruction[..length];
        var rest = instruction[name.Length..];
        var mayGoOn = rest is [FieldCode.Unknown or FieldCode.Optional, ..];
        if (IsIn(Starting, name) || (mayGoOn && (IsStartIn(Starting, name) || IsStartIn(Loading, name) || IsStartIn(Leading, name))))
            findings.Active(offset, "a field that starts another program");
        else if (IsIn(Loading, name) && !(FieldCode.IsWhole(instruction) && AreLocal(rest)))
            findings.Active(offset, "a field that loads something from elsewhere");
        else if (IsIn(Leading, name) && !(FieldCode.IsWhole(instruction) && AreHonestLinks(rest)))
            findings.Active(offset, "a link that is not a plain web link");
    }

    public void Dispose()
    {
        foreach (var field in _fields)
            field.Dispose();
    }

    private void Judge(FieldCode field)
    {
        Judge(field.Text);
        if (field.HasDeletion)
            Judge(field.Kept);
    }

    /// <summary>Where a reader who leaves something out meets another beginning or another end of a field, it has another instruction.</summary>
    private void CheckIsRead(Surrounding here)
    {
        if (here != Innermost.Start)
            findings.Active(offset, "a field that programs read differently");
    }

    private static bool IsIn(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var one in names)
        {
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsStartIn(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var one in names)
        {
            if (one.AsSpan().StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool AreLocal(ReadOnlySpan<char> rest)
    {
        foreach (var argument in new FieldArguments(rest, valued: ""))
        {
            using var unescaped = new PooledSpan<char>(argument.Length);
            if (argument.Contains(FieldCode.Unknown) || !Targets.IsLocal(argument) || !Targets.IsLocal(Unescaped(argument, unescaped.Span)))
                return false;
        }

        return true;
    }

    private static bool AreHonestLinks(ReadOnlySpan<char> rest)
    {
        foreach (var argument in new FieldArguments(rest, valued: "lot"))
        {
            using var unescaped = new PooledSpan<char>(argument.Length);
            if (!Targets.IsHonestLink(argument) || !Targets.IsHonestLink(Unescaped(argument, unescaped.Span)))
                return false;
        }

        return true;
    }

    /// <summary>Backslashes are doubled in an argument (17.16.1), by most programs.</summary>
    private static ReadOnlySpan<char> Unescaped(ReadOnlySpan<char> argument, Span<char> into)
    {
        var length = 0;
        for (var i = 0; i < argument.Length; i++)
        {
            into[length++] = argument[i];
            if (argument[i] == '\\' && i + 1 < argument.Length && argument[i + 1] == '\\')
                i++;
        }

        return into[..length];
    }

    /// <summary>Numbers are characters; with anything else among them it is a text.</summary>
    private void AddQuoted(ReadOnlySpan<char> argument, Surrounding here)
    {
        foreach (var word in argument.Split(' '))
        {
            if (!argument[word].IsEmpty && !TryReadCode(argument[word], out _))
            {
                Add(argument.Trim().Trim('"'), here);
                return;
            }
        }

        foreach (var word in argument.Split(' '))
        {
            if (TryReadCode(argument[word], out var code))
                Add([(char)code], here);
        }
    }

    /// <summary>Decimal, or hexadecimal behind "0x" (17.16.5.46).</summary>
    private static bool TryReadCode(ReadOnlySpan<char> word, out ushort code)
    {
        word = word.Trim('"');
        return word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ushort.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)
            : ushort.TryParse(word, CultureInfo.InvariantCulture, out code);
    }
}
