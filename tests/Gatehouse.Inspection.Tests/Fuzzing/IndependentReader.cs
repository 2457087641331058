using System.Diagnostics;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Another program's opinion of a file that was let in: libpng's and libjpeg's tools and qpdf, as Debian has them.</summary>
internal sealed class IndependentReader
{
    private readonly string _program;
    private readonly string[] _arguments;
    private readonly int[] _good;

    private IndependentReader(string program, string[] arguments, params int[] good)
    {
        _program = program;
        _arguments = arguments;
        _good = good;
    }

    /// <summary>Null: there is none for the type, or it is not installed.</summary>
    public static IndependentReader? Of(string mime)
    {
        var reader = mime switch
        {
            "image/png" => new IndependentReader("pngtopnm", [], 0),
            // 2: warnings, as of entropy-coded data that end early: pixels are not what is checked.
            "image/jpeg" => new IndependentReader("djpeg", ["-outfile", "/dev/null"], 0, 2),
            // 3: repaired, as the inspection does.
            "application/pdf" => new IndependentReader("qpdf", ["--check"], 0, 3),
            _ => null,
        };
        return reader is not null && Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':'), folder => File.Exists(Path.Combine(folder, reader._program))) ? reader : null;
    }

    /// <summary>What the program says against the file; null: nothing.</summary>
    public string? Complains(byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            using var process = Process.Start(new ProcessStartInfo(_program, [.. _arguments, path]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return Array.IndexOf(_good, process.ExitCode) >= 0 ? null : $"{_program} ends with {process.ExitCode}: {said.Trim()}";
        }
        finally
        {
            File.Delete(path);
        }
    }
}
