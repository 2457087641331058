using System.Diagnostics;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Other programs' opinion of a file that was let in: libpng's and libjpeg's tools, qpdf and poppler, as Debian has them.</summary>
internal sealed class IndependentReader
{
    /// <summary>What a program cannot do says nothing against the file.</summary>
    private static readonly string[] OwnLimits = ["not implemented", "PPM output must be", "Unsupported color conversion"];

    /// <summary>Hostile files may keep a program busy for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly (string Program, string[] Arguments, int[] Good)[] _programs;

    private IndependentReader(params (string, string[], int[])[] programs) => _programs = programs;

    /// <summary>The first program that is content decides. Null: there is none for the type, or it is not installed.</summary>
    public static IndependentReader? Of(string mime)
    {
        var reader = mime switch
        {
            "image/png" => new IndependentReader(("pngtopnm", [], [0])),
            // 2: warnings, as of entropy-coded data that end early: pixels are not what is checked.
            "image/jpeg" => new IndependentReader(("djpeg", ["-outfile", "/dev/null"], [0, 2])),
            // 3: repaired, as the inspection does.
            "application/pdf" => new IndependentReader(("qpdf", ["--check"], [0, 3]), ("pdftotext", ["-q"], [0])),
            _ => null,
        };
        return reader is not null && Array.TrueForAll(reader._programs, p => IsInstalled(p.Program)) ? reader : null;
    }

    /// <summary>What the last program says against the file; null: one of them opened it.</summary>
    public string? Complains(byte[] file)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, file);
            string? complaint = null;
            foreach (var (program, arguments, good) in _programs)
            {
                var (code, said) = Open(program, [.. arguments, path]);
                if (Array.IndexOf(good, code) >= 0 || Array.Exists(OwnLimits, limit => said.Contains(limit, StringComparison.Ordinal)))
                    return null;
                complaint = $"{complaint}{program} ends with {code}: {said.Replace(path, "file", StringComparison.Ordinal).Trim()}; ";
            }

            return complaint;
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + ".txt");
        }
    }

    private static (int Code, string Said) Open(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"no answer in {Patience}");
        }

        return (process.ExitCode, said.GetAwaiter().GetResult());
    }

    private static bool IsInstalled(string program) =>
        Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':'), folder => File.Exists(Path.Combine(folder, program)));
}
