namespace Gatehouse.Scenarios.Harness;

/// <summary>One run of the program that ends by itself.</summary>
internal static class CommandLineRun
{
    public static Task<(int Code, string Output, string Errors)> RunAsync(params string[] words) => RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), words);

    public static async Task<(int Code, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        await using var process = ServerProcess.Start(Programs.Api, words, environment, Repository.Root);
        var code = await process.ExitCodeAsync(seconds: 60);
        return (code, string.Join('\n', process.Output), string.Join('\n', process.Errors));
    }
}
