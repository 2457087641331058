using System.Diagnostics;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Other programs' opinion of a file that was let in: the tools of libpng, libjpeg, netpbm, libwebp and libheif, qpdf, poppler, unzip and python, as Debian has them.</summary>
internal sealed class IndependentReader
{
    /// <summary>What a program cannot do says nothing against the file.</summary>
    private static readonly string[] OwnLimits =
    [
        "not implemented", "PPM output must be", "Unsupported color conversion",
        // Frames beyond the screen, as real files have them.
        "is outside global screen",
        // A lossless WebP picture's own word that it is transparent, a hint only (RFC 9649, 3.4), which the canvas need not repeat.
        "Error: Unexpected alpha data",
        // Real files number a transparent colour just behind their table; only giftopnm minds.
        "Invalid transparent index value",
        // The coded pictures of a HEIC are noise here.
        "Could not decode image",
    ];

    /// <summary>Hostile files may keep a program busy for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Opens every entry, and reads the XML parts (python's own zipfile, zlib and expat).</summary>
    private const string ReadDocument = """
        import sys, zipfile, xml.dom.minidom
        with zipfile.ZipFile(sys.argv[1]) as parts:
            for part in parts.infolist():
                content = parts.read(part)
                if part.filename.endswith(('.xml', '.rels')):
                    xml.dom.minidom.parseString(content)
        """;

    private static readonly Dictionary<string, IndependentReader> Readers = new(StringComparer.Ordinal)
    {
        ["image/png"] = new(("pngtopnm", [], [0])),
        // 2: warnings, as of entropy-coded data that end early: pixels are not what is checked.
        ["image/jpeg"] = new(("djpeg", ["-outfile", "/dev/null"], [0, 2])),
        // 3: repaired, as the inspection does.
        ["application/pdf"] = new(("qpdf", ["--check"], [0, 3]), ("pdftotext", ["-q"], [0])),
        ["image/gif"] = new(("giftopnm", ["-image=all"], [0])),
        // Headers and chunks: the coded pixels are noise.
        ["image/webp"] = new(("webpinfo", ["-diag"], [0])),
        ["image/heic"] = new(("heif-info", [], [0])),
        // 1: warnings, as of a name that it reads in an old charset in one place and not in the other. 81: an entry asks for a later version than its own.
        ["application/zip"] = new(("unzip", ["-tqq"], [0, 1, 81])),
        [Archives.Docx] = new(("/usr/bin/python3", ["-c", ReadDocument], [0])),
    };

    private readonly (string Program, string[] Arguments, int[] Good)[] _programs;

    private IndependentReader(params (string, string[], int[])[] programs) => _programs = programs;

    /// <summary>Programs that a reader needs and that are not installed.</summary>
    public static IReadOnlyList<string> Missing => [.. Readers.Values.SelectMany(r => r._programs).Select(p => p.Program).Distinct(StringComparer.Ordinal).Where(p => !IsInstalled(p))];

    /// <summary>The first program that is content decides. Null: there is none for the type, or it is not installed.</summary>
    public static IndependentReader? Of(string mime) =>
        Readers.TryGetValue(mime, out var reader) && Array.TrueForAll(reader._programs, p => IsInstalled(p.Program)) ? reader : null;

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
