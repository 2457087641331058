using System.Buffers;

namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// XFA forms: XML packets in one stream or in an array of names and streams (ISO 32000-1, 12.7.8). A script element in any makes the form active. Programs
/// that design forms call the packets embedded files.
/// </summary>
internal sealed class XfaForms(PdfObjects objects, PdfStreams streams)
{
    private static readonly SearchValues<byte> NameStart = SearchValues.Create("<:"u8);

    private readonly HashSet<int> _packets = [];

    /// <summary>The streams that are XML packets of a form.</summary>
    public IReadOnlySet<int> Packets => _packets;

    public bool HasScript(PdfValue value)
    {
        if (value is PdfReference reference && objects.Find(reference.Number) is { HasStream: true })
            return IsActive(reference);
        return objects.Resolve(value) is PdfArray array && array.Items.Any(item => item is PdfReference packet && IsActive(packet));
    }

    /// <summary>A packet that cannot be read may hold anything.</summary>
    private bool IsActive(PdfReference reference)
    {
        if (objects.Find(reference.Number) is not { HasStream: true } found)
            return false;
        if (objects.ReadAt(found.Offset) is not PdfDictionary dictionary || streams.Decode(found, dictionary) is not { } bytes || HasElement(bytes))
            return true;
        if (PlainXml.IsOne(bytes))
            _packets.Add(reference.Number);
        return false;
    }

    /// <summary>"&lt;script" or "&lt;xfa:script".</summary>
    private static bool HasElement(ReadOnlySpan<byte> xml)
    {
        while (xml.IndexOf("script"u8) is var at and >= 0)
        {
            if (at > 0 && NameStart.Contains(xml[at - 1]) && at + 6 < xml.Length && xml[at + 6] is (byte)' ' or (byte)'>' or (byte)'/' or (byte)'\r' or (byte)'\n' or (byte)'\t')
                return true;
            xml = xml[(at + 6)..];
        }

        return false;
    }
}
