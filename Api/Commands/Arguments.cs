namespace Gatehouse.Api.Commands;

/// <summary>A command's words apart from the <c>--Section:Key=value</c> that configure it.</summary>
/// <param name="Configuration">To be read by .NET's configuration.</param>
/// <param name="Switches">Options that stand alone.</param>
/// <param name="Values">Options with a value, <c>--name x</c> or <c>--name=x</c>.</param>
/// <param name="Unknown">The first option that means nothing here; null: none.</param>
internal sealed record Arguments(
    string[] Configuration, IReadOnlyList<string> Paths, IReadOnlySet<string> Switches, IReadOnlyDictionary<string, string> Values, string? Unknown)
{
    public static Arguments Parse(ReadOnlySpan<string> words, ReadOnlySpan<string> switches, ReadOnlySpan<string> valued)
    {
        List<string> configuration = [], paths = [];
        HashSet<string> set = new(StringComparer.Ordinal);
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (word is "--")
            {
                paths.AddRange(words[(i + 1)..]);
                break;
            }

            var name = word.Split('=', 2)[0];
            if (!word.StartsWith('-') || word.Length == 1) paths.Add(word);
            else if (switches.Contains(word)) set.Add(word);
            else if (valued.Contains(name) && (name.Length < word.Length || i + 1 < words.Length)) values[name] = name.Length < word.Length ? word[(name.Length + 1)..] : words[++i];
            else if (IsConfiguration(name) && (name.Length < word.Length || i + 1 < words.Length)) configuration.Add(name.Length < word.Length ? word : $"{word}={words[++i]}");
            else return new([], [], set, values, word);
        }

        return new([.. configuration], paths, set, values, Unknown: null);
    }

    private static bool IsConfiguration(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) && (name.Contains(':', StringComparison.Ordinal) || name is "--environment" or "--contentRoot" or "--Urls" or "--urls" or "--ShutdownSeconds");
}
