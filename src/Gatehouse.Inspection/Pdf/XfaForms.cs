using System.Buffers;
using System.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// XFA forms: XML packets in one stream or in an array of names and streams (ISO 32000-1, 12.7.8). An element that runs a script, sends the form away or calls
/// a service makes the form active. Programs that design forms call the packets embedded files.
/// </summary>
internal sealed class XfaForms(PdfObjects objects, PdfStreams streams, PdfBudget budget)
{
    private static readonly SearchValues<byte> NameStart = SearchValues.Create("<:"u8);

    private static readonly string[] ActiveElements = ["script", "submit", "execute"];

    private readonly HashSet<int> _packets = [];
    private readonly Dictionary<int, bool> _judged = [];

    /// <summary>The streams that are XML packets of a form.</summary>
    public IReadOnlySet<int> Packets => _packets;

    public bool HasScript(PdfValue value)
    {
        var active = value is PdfReference single && IsActive(single.Number);
        objects.Any(
            value,
            reading =>
            {
                foreach (var item in (reading as PdfArray)?.Items ?? [])
                    active |= item is PdfReference packet && IsActive(packet.Number);
                return false;
            },
            isWhole: true);
        return active;
    }

    private bool IsActive(int number)
    {
        if (_judged.TryGetValue(number, out var known))
            return known;
        var active = false;
        foreach (var packet in objects.Definitions(number))
            active |= packet.HasStream && IsActive(packet);
        return _judged[number] = active;
    }

    /// <summary>A packet that cannot be read may hold anything.</summary>
    private bool IsActive(PdfIndirect packet)
    {
        if (objects.ReadAt(packet.Offset) is not PdfDictionary dictionary || streams.Decode(packet, dictionary) is not { } bytes)
            return true;
        budget.Spend(bytes.Length, packet.Offset);
        if (PlainXml.IsOne(bytes))
            _packets.Add(packet.Number);
        // UTF-16 of either byte order reads as ASCII once its zero bytes are gone.
        var xml = Array.Exists(bytes, value => value == 0) ? Array.FindAll(bytes, value => value != 0) : bytes;
        return !BeginsWithTag(xml) || DeclaresEntities(xml) || EndsInTag(xml) || Transforms(xml) || XfaLinks.LeadAway(xml) || Array.Exists(ActiveElements, name => HasElement(xml, name));
    }

    /// <summary>Or is empty: what is something else, was read in another way than readers do.</summary>
    private static bool BeginsWithTag(ReadOnlySpan<byte> xml)
    {
        xml = xml.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, 0xFE, 0xFF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        return xml.IsEmpty || xml[0] == '<';
    }

    private static bool DeclaresEntities(ReadOnlySpan<byte> xml) => xml.IndexOf("<!DOCTYPE"u8) >= 0 || xml.IndexOf("<!ENTITY"u8) >= 0;

    private static bool Transforms(ReadOnlySpan<byte> xml) => xml.IndexOf("<?xml-stylesheet"u8) >= 0;

    /// <summary>The packets are one document when they are put together, and an element's name may be cut between two.</summary>
    private static bool EndsInTag(ReadOnlySpan<byte> xml) => xml.LastIndexOf((byte)'<') > xml.LastIndexOf((byte)'>');

    /// <summary>"&lt;script" or "&lt;xfa:script".</summary>
    private static bool HasElement(ReadOnlySpan<byte> xml, string element)
    {
        var name = Encoding.ASCII.GetBytes(element);
        while (xml.IndexOf(name) is var at and >= 0)
        {
            var end = at + name.Length;
            if (at > 0 && NameStart.Contains(xml[at - 1]) && end < xml.Length && xml[end] is (byte)' ' or (byte)'>' or (byte)'/' or (byte)'\r' or (byte)'\n' or (byte)'\t')
                return true;
            xml = xml[end..];
        }

        return false;
    }
}
