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

    /// <summary>The field's name comes first, and an address is shorter.</summary>
    private const int MaxInstruction = 8 * 1024;

    /// <summary>The result of a field that is not read; XML has no such character.</summary>
    private const char Unknown = '\u0001';

    private static readonly string[] Starting = ["DDE", "DDEAUTO", "LINK", "DATABASE"];
    private static readonly string[] Loading = ["INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "RD"];

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The outermost is the text outside of all fields.</summary>
    private readonly List<Field> _fields = [new()];
    private int _open = 1;

    private Field Innermost => _fields[_open - 1];

    public void Begin()
    {
        if (_open > MaxNesting)
            throw ZipStops.Structure(offset, "its fields are nested too deeply");
        if (_open == _fields.Count)
            _fields.Add(new Field());
        _open++;
        Innermost.Clear();
    }

    /// <summary>The field's result follows, in which others may stand that make nothing of its instruction.</summary>
    public void Separate() => Innermost.IsResult = true;

    public void Add(ReadOnlySpan<char> instruction)
    {
        var field = Innermost.Instruction;
        if (field.Length == 0)
            instruction = instruction.TrimStart();
        field.Add(instruction[..Math.Min(instruction.Length, MaxInstruction - field.Length)]);
    }

    public void End()
    {
        var instruction = Innermost.Instruction.Text;
        Judge(instruction);
        if (_open == 1)
        {
            Innermost.Clear();
            return;
        }

        _open--;
        if (instruction.StartsWith("QUOTE", StringComparison.OrdinalIgnoreCase))
            AddQuoted(instruction["QUOTE".Length..]);
        else if (_open > 1 && !Innermost.IsResult)
            Add([Unknown]);
    }

    /// <summary>The part ends: fields that never ended, and what stands outside of all.</summary>
    public void Finish()
    {
        for (; _open > 0; _open--)
            Judge(Innermost.Instruction.Text);
    }

    public void Judge(ReadOnlySpan<char> instruction)
    {
        instruction = instruction.TrimStart();
        var length = instruction.IndexOfAnyExcept(Letters);
        var name = length < 0 ? instruction : instruction[..length];
        var rest = instruction[name.Length..];
        if (IsIn(Starting, name) || (rest is [Unknown, ..] && (IsStartIn(Starting, name) || IsStartIn(Loading, name))))
            findings.Active(offset, "a field that starts another program");
        else if (IsIn(Loading, name) && !(IsWhole(instruction) && AreLocal(rest)))
            findings.Active(offset, "a field that loads something from elsewhere");
        else if (name.Equals("HYPERLINK", StringComparison.OrdinalIgnoreCase) && !(IsWhole(instruction) && AreHonestLinks(rest)))
            findings.Active(offset, "a link that is not a plain web link");
    }

    public void Dispose()
    {
        foreach (var field in _fields)
            field.Instruction.Dispose();
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

    private static bool IsWhole(ReadOnlySpan<char> instruction) => instruction.Length < MaxInstruction;

    private static bool AreLocal(ReadOnlySpan<char> rest)
    {
        foreach (var argument in new FieldArguments(rest, valued: ""))
        {
            using var unescaped = new PooledSpan<char>(argument.Length);
            if (argument.Contains(Unknown) || !Targets.IsLocal(argument) || !Targets.IsLocal(Unescaped(argument, unescaped.Span)))
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
    private void AddQuoted(ReadOnlySpan<char> argument)
    {
        foreach (var word in argument.Split(' '))
        {
            if (!argument[word].IsEmpty && !TryReadCode(argument[word], out _))
            {
                Add(argument.Trim().Trim('"'));
                return;
            }
        }

        foreach (var word in argument.Split(' '))
        {
            if (TryReadCode(argument[word], out var code))
                Add([(char)code]);
        }
    }

    private static bool TryReadCode(ReadOnlySpan<char> word, out ushort code) => ushort.TryParse(word.Trim('"'), CultureInfo.InvariantCulture, out code);

    private sealed class Field
    {
        public PooledChars Instruction { get; } = new();

        public bool IsResult { get; set; }

        public void Clear()
        {
            Instruction.Clear();
            IsResult = false;
        }
    }
}
