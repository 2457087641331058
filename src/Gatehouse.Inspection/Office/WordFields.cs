using System.Buffers;
using System.Globalization;
using System.Text;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Field instructions (ECMA-376 part 1, 17.16): collected over the runs into which they are cut, one inside another, and judged when they end. QUOTE with
/// numbers spells characters (17.16.5), so it is read for the field around it.
/// </summary>
internal sealed class WordFields(ZipFindings findings, long offset)
{
    private const int MaxNesting = 32;

    /// <summary>The field's name comes first, and an address is shorter.</summary>
    private const int MaxInstruction = 8 * 1024;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly List<StringBuilder> _open = [new()];

    public void Begin()
    {
        if (_open.Count > MaxNesting)
            throw ZipStops.Structure(offset, "its fields are nested too deeply");
        _open.Add(new StringBuilder());
    }

    public void Add(string instruction)
    {
        var field = _open[^1];
        if (field.Length == 0)
            instruction = instruction.TrimStart();
        field.Append(instruction.AsSpan(0, Math.Min(instruction.Length, MaxInstruction - field.Length)));
    }

    public void End()
    {
        var instruction = _open[^1].ToString();
        Judge(instruction);
        if (_open.Count == 1)
        {
            _open[0].Clear();
            return;
        }

        _open.RemoveAt(_open.Count - 1);
        Add(Quoted(instruction));
    }

    /// <summary>The part ends: fields that never ended, and what stands outside of all.</summary>
    public void Finish()
    {
        foreach (var field in _open)
            Judge(field.ToString());
    }

    public void Judge(string instruction)
    {
        instruction = instruction.TrimStart();
        var length = instruction.AsSpan().IndexOfAnyExcept(Letters);
        var name = (length < 0 ? instruction : instruction[..length]).ToUpperInvariant();
        switch (name)
        {
            case "DDE" or "DDEAUTO" or "LINK" or "DATABASE":
                findings.Active(offset, "a field that starts another program");
                break;
            case "INCLUDETEXT" or "INCLUDEPICTURE" or "INCLUDE" or "IMPORT" or "RD" when !Targets.IsLocal(Argument(instruction[name.Length..])):
                findings.Active(offset, "a field that loads something from elsewhere");
                break;
            case "HYPERLINK" when !Targets.IsHonestLink(Argument(instruction[name.Length..])):
                findings.Active(offset, "a link that is not a plain web link");
                break;
        }
    }

    /// <summary>The first, in quotation marks or up to a blank; backslashes in it are doubled (17.16.1). A switch is none.</summary>
    private static string Argument(string instruction)
    {
        instruction = instruction.TrimStart();
        var isSwitch = instruction.Length > 1 && instruction[0] == '\\' && instruction[1] != '\\';
        if (instruction.Length == 0 || isSwitch)
            return string.Empty;
        var isQuoted = instruction[0] is '"' or '\u201C';
        var rest = isQuoted ? instruction[1..] : instruction;
        var end = isQuoted ? rest.IndexOfAny(['"', '\u201D']) : rest.IndexOf(' ', StringComparison.Ordinal);
        return (end < 0 ? rest : rest[..end]).Replace(@"\\", @"\", StringComparison.Ordinal);
    }

    private static string Quoted(string instruction)
    {
        if (!instruction.StartsWith("QUOTE", StringComparison.OrdinalIgnoreCase))
            return string.Empty;
        var text = new StringBuilder();
        foreach (var word in instruction["QUOTE".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ushort.TryParse(word.Trim('"'), CultureInfo.InvariantCulture, out var code))
                return instruction["QUOTE".Length..].Trim().Trim('"');
            text.Append((char)code);
        }

        return text.ToString();
    }
}
