namespace Gatehouse.Inspection.SecondFormats;

/// <summary>The stub's last word in a phar: <c>__HALT_COMPILER();</c>, with the spaces that PHP allows in it.</summary>
internal static class PhpArchive
{
    private const int WordLength = 15;

    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var rest = bytes[(at + WordLength)..].TrimStart(" \t\r\n"u8);
        if (!rest.StartsWith("("u8))
            return false;
        rest = rest[1..].TrimStart(" \t\r\n"u8);
        return rest.StartsWith(")"u8);
    }
}
