namespace Gatehouse.Api.Commands;

internal static class KeysCommand
{
    public static int Run(string[] words, TextWriter output, TextWriter errors) => CommandLine.CouldNotRun;
}
