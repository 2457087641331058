using Gatehouse.Api.Commands;

namespace Gatehouse.Deployment.Tests.Product;

/// <summary>Commands that a supervisor runs in the image.</summary>
internal static class Commands
{
    /// <summary>A port that no server of this machine has: a command that is known says that nobody answers; one that is not, that it could not run.</summary>
    private const string Nobody = "--Urls=http://127.0.0.1:1";

    /// <summary>Whether it starts the image's program with a command that asks for its health.</summary>
    public static async Task<bool> AskForHealthAsync(IReadOnlyList<string> command)
    {
        if (!command.Take(2).SequenceEqual(Image.Entrypoint, StringComparer.Ordinal)) return false;
        using var output = new StringWriter();
        return await CommandLine.RunAsync([.. command.Skip(2), Nobody], output, output) == 1;
    }
}
