using Gatehouse.Api.Commands;

namespace Gatehouse.Api.Tests.Commands;

/// <summary>One run of the command line inside the tests' process.</summary>
internal sealed record Run(int Code, string Output, string Errors)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static async Task<Run> OfAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.RunAsync(words, output, errors);
        return new(code, output.ToString(), errors.ToString());
    }
}
