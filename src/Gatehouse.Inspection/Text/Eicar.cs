namespace Gatehouse.Inspection.Text;

/// <summary>The anti-malware test file's 68 characters, in two parts so that no scanner stops at this program.</summary>
internal static class Eicar
{
    private static ReadOnlySpan<byte> First => @"X5O!P%@AP[4\PZX54(P^)7CC)7}$"u8;

    private static ReadOnlySpan<byte> Second => "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8;

    public static bool IsIn(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.IndexOf(First) is var at and >= 0; bytes = bytes[(at + 1)..])
        {
            if (IsAt(bytes[at..]))
                return true;
        }

        return false;
    }

    public static bool IsAt(ReadOnlySpan<byte> text) => text.StartsWith(First) && text[First.Length..].StartsWith(Second);
}
