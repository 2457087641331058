using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>What a machine would run.</summary>
internal static class ProgramSignatures
{
    private static readonly NamedType Windows = Program("application/vnd.microsoft.portable-executable", "a Windows program (EXE or DLL)");
    private static readonly NamedType Dos = Program("application/x-msdownload", "a DOS program");
    private static readonly NamedType Elf = Program("application/x-elf", "a Linux program (ELF)");
    private static readonly NamedType MachO = Program("application/x-mach-binary", "a macOS program");
    private static readonly NamedType JavaClass = Program("application/java-vm", "a compiled Java class");
    private static readonly NamedType Wasm = Program("application/wasm", "a WebAssembly program");
    private static readonly NamedType Dex = Program("application/vnd.android.dex", "an Android program");
    private static readonly NamedType Shortcut = Program("application/x-ms-shortcut", "a Windows shortcut (LNK)");
    private static readonly NamedType Flash = Program("application/x-shockwave-flash", "a Flash program");
    private static readonly NamedType Help = Program("application/vnd.ms-htmlhelp", "a Windows help file (CHM)");
    private static readonly NamedType Package = Program("application/x-package", "an installation package");

    public static NamedType? Match(ReadOnlySpan<byte> p) => p[0] switch
    {
        (byte)'M' when At(p, 0, "MZ"u8) => DosOrWindows(p),
        0x7F when At(p, 1, "ELF"u8) && U8(p, 4) is 1 or 2 && U8(p, 5) is 1 or 2 => Elf,
        0xCF or 0xCE when At(p, 1, [0xFA, 0xED, 0xFE]) => MachO,
        0xFE when At(p, 1, [0xED, 0xFA]) && U8(p, 3) is 0xCE or 0xCF => MachO,
        // A fat Mach-O counts its architectures (a handful) where a class file has its version (45 and more).
        0xCA when At(p, 1, [0xFE, 0xBA, 0xBE]) => BigU32(p, 4) is > 0 and < 20 ? MachO : JavaClass,
        0 when At(p, 1, "asm\u0001"u8) => Wasm,
        (byte)'d' when At(p, 0, "dex\n0"u8) && U8(p, 7) == 0 => Dex,
        0x4C when At(p, 1, [0, 0, 0, 1, 0x14, 2, 0]) => Shortcut,
        // A version and a length below 128 MB, whose last byte no text has there.
        (byte)'F' or (byte)'C' or (byte)'Z' when At(p, 1, "WS"u8) && U8(p, 3) is > 0 and < 60 and not (9 or 10 or 12 or 13 or 32) && p.Length > 7 && p[7] < 8 => Flash,
        (byte)'I' when At(p, 0, "ITSF\u0003\0\0\0"u8) => Help,
        0xED when At(p, 1, [0xAB, 0xEE, 0xDB]) => Package,
        (byte)'!' when At(p, 0, "!<arch>\n"u8) && At(p, 66, "`\n"u8) => Package,
        _ => null,
    };

    /// <summary>The DOS header's counts must agree; a PE is one where e_lfanew leads to "PE\0\0" or lies beyond the prefix.</summary>
    private static NamedType? DosOrWindows(ReadOnlySpan<byte> p)
    {
        var toNew = U32(p, 0x3C);
        if (toNew is >= 4 and < 0x10000000 && At(p, (int)Math.Min(toNew, (uint)p.Length), "PE\0\0"u8))
            return Windows;
        var lastPage = U16(p, 2);
        var pages = U16(p, 4);
        var headerParagraphs = U16(p, 8);
        return p.Length >= 28 && lastPage < 512 && pages is > 0 and < 0x2000 && headerParagraphs is >= 2 and < 0x1000 && headerParagraphs * 16 <= pages * 512
            ? Dos
            : null;
    }

    private static NamedType Program(string mime, string name) =>
        new(mime, name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..], $"This is {name}. Programs cannot be sent here.");
}
