using System.Text.RegularExpressions;

namespace Gatehouse.Deployment.Tests.Product;

/// <summary>One instruction of the Dockerfile, its continued lines joined.</summary>
internal sealed record Instruction(string Name, string Arguments)
{
    public IReadOnlyList<string> Words => [.. Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Of the form <c>["a", "b"]</c>, which no shell reads.</summary>
    public IReadOnlyList<string> Exec => System.Text.Json.JsonSerializer.Deserialize<string[]>(Arguments[Arguments.IndexOf('[', StringComparison.Ordinal)..])!;
}

/// <summary>One stage.</summary>
/// <param name="From">An image, or an earlier stage's name.</param>
internal sealed record Stage(string Name, string From, IReadOnlyList<Instruction> Instructions)
{
    public IEnumerable<Instruction> All(string name) => Instructions.Where(i => string.Equals(i.Name, name, StringComparison.Ordinal));
}

/// <summary>The repository's Dockerfile.</summary>
internal static partial class Image
{
    public static IReadOnlyList<Stage> Stages { get; } = Read();

    /// <summary>What <c>docker build</c> makes without a target.</summary>
    public static Stage Gateway => Stages[^1];

    public static Stage Stage(string name) => Stages.Single(s => string.Equals(s.Name, name, StringComparison.Ordinal));

    /// <summary>The instructions of a stage and of those that it builds upon, the base's first.</summary>
    public static IEnumerable<Instruction> Whole(Stage stage) =>
        [.. Stages.Where(s => string.Equals(s.Name, stage.From, StringComparison.Ordinal)).SelectMany(Whole), .. stage.Instructions];

    public static IReadOnlyDictionary<string, string> Environment { get; } = Whole(Gateway).Where(i => i.Name is "ENV")
        .SelectMany(i => i.Words).Select(w => w.Split('=', 2)).ToDictionary(w => w[0], w => w[1].Trim('"'), StringComparer.Ordinal);

    public static string User => Whole(Gateway).Last(i => i.Name is "USER").Arguments;

    public static int Port => new Uri(Environment["Urls"]).Port;

    public static IReadOnlyList<string> Entrypoint => Gateway.All("ENTRYPOINT").Single().Exec;

    private static List<Stage> Read()
    {
        var text = Comment().Replace(File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile")), "");
        List<Stage> stages = [];
        foreach (var line in Continued().Replace(text, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var instruction = new Instruction(line.Split(' ')[0], line[line.IndexOf(' ', StringComparison.Ordinal)..].Trim());
            if (instruction.Name is "FROM") stages.Add(StageOf([.. instruction.Words.Where(w => !w.StartsWith("--", StringComparison.Ordinal))]));
            else ((List<Instruction>)stages[^1].Instructions).Add(instruction);
        }

        return stages;

        static Stage StageOf(List<string> words) => new(words[2], words[0], new List<Instruction>());
    }

    [GeneratedRegex("^#.*\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex("\\\\\n\\s*", RegexOptions.None, 1000)]
    private static partial Regex Continued();
}
