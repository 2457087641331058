namespace Gatehouse.Inspection.Pdf;

/// <summary>What a form's elements fetch (<c>href</c>, <c>usehref</c>): pictures and fragments beside the form are honest, a share or a URL is not.</summary>
internal static class XfaLinks
{
    /// <summary>How much of a value tells where it leads.</summary>
    private const int Beginning = 256;

    public static bool LeadAway(ReadOnlySpan<byte> xml)
    {
        while (xml.IndexOf("href"u8) is var at and >= 0)
        {
            xml = xml[(at + "href".Length)..];
            var value = xml.TrimStart(" \t\r\n"u8);
            if (value is not [(byte)'=', ..])
                continue;
            value = value[1..].TrimStart(" \t\r\n"u8);
            if (value is [(byte)'"' or (byte)'\'', ..] && IsAway(value[1..], value[0]))
                return true;
        }

        return false;
    }

    /// <summary>A character that is written by its number may be any of an address.</summary>
    private static bool IsAway(ReadOnlySpan<byte> value, byte quote)
    {
        var end = value.IndexOf(quote);
        value = value[..Math.Min(end < 0 ? value.Length : end, Beginning)];
        return value.IndexOf("&#"u8) >= 0 || Addresses.IsRemote(value.ToArray());
    }
}
