using System.Diagnostics;
using System.Globalization;

namespace Gatehouse.Testing.Postgres;

/// <summary>Where Debian, and others, put PostgreSQL's programs.</summary>
internal static class PostgresPrograms
{
    /// <summary>The folder of <c>initdb</c> and <c>postgres</c>, of the newest version there is; null: not installed.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>Null: tests that need PostgreSQL can run.</summary>
    public static string? Missing => Folder is null ? "PostgreSQL is not installed" : null;

    public static string Of(string program) => Path.Combine(Folder!, program);

    /// <summary>As another user where this one is root, which PostgreSQL refuses, and ended with this process where the system can see to that.</summary>
    public static ProcessStartInfo Start(string program, params IEnumerable<string> arguments)
    {
        List<string> words = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        if (OperatingSystem.IsLinux())
        {
            if (words.Count == 0) words.Add("setpriv");
            words.Add("--pdeathsig=INT");
        }
        words.Add(program);
        words.AddRange(arguments);
        return Plain(words[0], words[1..]);
    }

    public static ProcessStartInfo Plain(string program, params IEnumerable<string> arguments) =>
        new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };

    public static void Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }

    private static IEnumerable<string> Candidates()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0) : Enumerable.Empty<string>();
        return debian.Select(folder => Path.Combine(folder, "bin")).Concat(Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? []);
    }
}
