namespace Gatehouse.Inspection.Pdf;

/// <summary>XML in a stream: markup from its first character on, no document type and so no entities, no binary data.</summary>
internal static class PlainXml
{
    public static bool IsOne(ReadOnlySpan<byte> xml)
    {
        if (xml.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            xml = xml[3..];
        return xml.TrimStart(" \t\r\n"u8).StartsWith("<"u8) && !xml.Contains((byte)0) && xml.IndexOf("<!DOCTYPE"u8) < 0 && xml.IndexOf("<!ENTITY"u8) < 0;
    }
}
