using System.Buffers;
using System.Globalization;
using System.Text;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Field instructions (ECMA-376 part 1, 17.16): collected over the runs into which they are cut, one inside another, and judged when they end. QUOTE with
/// numbers spells characters (17.16.5), so it is read for the field around it; what another one makes is not known, and stands there as a mark.
/// </summary>
internal sealed class WordFields(ZipFindings findings, long offset)
{
    private const int MaxNesting = 32;

    /// <summary>The field's name comes first, and an address is shorter.</summary>
    private const int MaxInstruction = 8 * 1024;

    /// <summary>The result of a field that is not read; XML has no such character.</summary>
    private const char Unknown = '\u0001';

    private static readonly string[] Starting = ["DDE", "DDEAUTO", "LINK", "DATABASE"];
    private static readonly string[] Loading = ["INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "RD"];

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly List<Field> _open = [new()];

    public void Begin()
    {
        if (_open.Count > MaxNesting)
            throw ZipStops.Structure(offset, "its fields are nested too deeply");
        _open.Add(new Field());
    }

    /// <summary>The field's result follows, in which others may stand that make nothing of its instruction.</summary>
    public void Separate() => _open[^1].IsResult = true;

    public void Add(string instruction)
    {
        var field = _open[^1].Instruction;
        if (field.Length == 0)
            instruction = instruction.TrimStart();
        field.Append(instruction.AsSpan(0, Math.Min(instruction.Length, MaxInstruction - field.Length)));
    }

    public void End()
    {
        var instruction = _open[^1].Instruction.ToString();
        Judge(instruction);
        if (_open.Count == 1)
        {
            _open[0] = new Field();
            return;
        }

        _open.RemoveAt(_open.Count - 1);
        var isPartOfOther = _open.Count > 1 && !_open[^1].IsResult;
        Add(Quoted(instruction) ?? (isPartOfOther ? Unknown.ToString() : string.Empty));
    }

    /// <summary>The part ends: fields that never ended, and what stands outside of all.</summary>
    public void Finish()
    {
        foreach (var field in _open)
            Judge(field.Instruction.ToString());
    }

    public void Judge(string instruction)
    {
        instruction = instruction.TrimStart();
        var length = instruction.AsSpan().IndexOfAnyExcept(Letters);
        var name = (length < 0 ? instruction : instruction[..length]).ToUpperInvariant();
        var rest = instruction[name.Length..];
        if (Starting.Contains(name) || (rest.StartsWith(Unknown) && Starting.Concat(Loading).Any(n => n.StartsWith(name, StringComparison.Ordinal))))
            findings.Active(offset, "a field that starts another program");
        else if (Loading.Contains(name) && !(IsWhole(instruction) && FieldArguments.Of(rest, valued: "").All(IsLocal)))
            findings.Active(offset, "a field that loads something from elsewhere");
        else if (name is "HYPERLINK" && !(IsWhole(instruction) && FieldArguments.Of(rest, valued: "lot").All(IsHonestLink)))
            findings.Active(offset, "a link that is not a plain web link");
    }

    private static bool IsWhole(string instruction) => instruction.Length < MaxInstruction;

    private static bool IsLocal(string argument) =>
        !argument.Contains(Unknown) && Targets.IsLocal(argument) && Targets.IsLocal(Unescaped(argument));

    private static bool IsHonestLink(string argument) => Targets.IsHonestLink(argument) && Targets.IsHonestLink(Unescaped(argument));

    /// <summary>Backslashes are doubled in an argument (17.16.1), by most programs.</summary>
    private static string Unescaped(string argument) => argument.Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>Null: another field.</summary>
    private static string? Quoted(string instruction)
    {
        if (!instruction.StartsWith("QUOTE", StringComparison.OrdinalIgnoreCase))
            return null;
        var text = new StringBuilder();
        foreach (var word in instruction["QUOTE".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ushort.TryParse(word.Trim('"'), CultureInfo.InvariantCulture, out var code))
                return instruction["QUOTE".Length..].Trim().Trim('"');
            text.Append((char)code);
        }

        return text.ToString();
    }

    private sealed class Field
    {
        public StringBuilder Instruction { get; } = new();

        public bool IsResult { get; set; }
    }
}
