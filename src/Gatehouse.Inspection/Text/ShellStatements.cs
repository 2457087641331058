using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>Lines of a shell (POSIX.1-2017, Shell Command Language): a command that people script, with something that only a command line has.</summary>
internal static class ShellStatements
{
    private const int LongestCommand = 10;

    private static readonly FrozenSet<string> Commands = FrozenSet.ToFrozenSet(
    [
        "apt", "awk", "cat", "cd", "chmod", "chown", "cp", "curl", "dd", "docker", "echo", "eval", "exec", "exit", "export", "find", "git", "grep", "kill", "ln",
        "ls", "mkdir", "mv", "nc", "printf", "read", "rm", "rmdir", "sed", "set", "sh", "bash", "sleep", "source", "sudo", "tar", "touch", "unset", "wget",
    ], StringComparer.Ordinal);

    private static readonly SearchValues<byte> Signs = SearchValues.Create("$|>/\"&"u8);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Commands.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsOne(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line)
    {
        if (word.SequenceEqual("if"u8) || word.SequenceEqual("while"u8) || word.SequenceEqual("until"u8))
            return rest.StartsWith(" ["u8) || line.EndsWith("; then"u8) || line.EndsWith("; do"u8);
        if (word.SequenceEqual("for"u8))
            return line.EndsWith("; do"u8);
        if (rest.StartsWith("() {"u8) || rest.StartsWith("(){"u8))
            return true;
        return IsCommand(word) && (rest.IsEmpty || rest[0] == ' ') && HasShellSign(rest);
    }

    private static bool IsCommand(ReadOnlySpan<byte> word)
    {
        if (word.Length is 0 or > LongestCommand)
            return false;
        Span<char> letters = stackalloc char[LongestCommand];
        return Encoding.Latin1.TryGetChars(word, letters, out var length) && Lookup.Contains(letters[..length]);
    }

    /// <summary>A variable, an option, a pipe, a quoted word, a path: "find the letter" has none of them.</summary>
    private static bool HasShellSign(ReadOnlySpan<byte> rest) =>
        rest.ContainsAny(Signs) || rest.IndexOf(" -"u8) >= 0 || rest.IndexOf(" '"u8) >= 0;
}
