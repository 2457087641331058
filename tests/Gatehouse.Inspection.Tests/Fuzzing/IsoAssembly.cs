using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Puts boxes together: every container's size and count follow from what is in it, and what leads into the media data follows it to its place.</summary>
internal sealed class IsoAssembly
{
    private readonly List<byte> _file = [];
    private readonly Stack<(int At, int Opening, int Boxes)> _open = [];
    private readonly List<(int At, int Length)> _tables = [];
    private readonly List<int> _runs = [];
    private int _media = -1;

    public void Add(byte[] part)
    {
        if (part.Length == 0)
        {
            Close();
            return;
        }

        if (_open.TryPop(out var container))
            _open.Push(container with { Boxes = container.Boxes + 1 });
        var at = _file.Count;
        _file.AddRange(part);
        if (IsoParts.IsOpening(part))
            _open.Push((at, part.Length, 0));
        else if (part.Length >= IsoParts.Header)
            Leaf(at, part.Length);
    }

    public byte[] End()
    {
        while (_open.Count > 0)
            Close();
        foreach (var (at, length) in _tables)
            IsoPlaces.Move(Bytes.Slice(at, length), _media);
        return [.. _file];
    }

    private Span<byte> Bytes => CollectionsMarshal.AsSpan(_file);

    private void Leaf(int at, int length)
    {
        var box = Bytes[at..];
        var size = BinaryPrimitives.ReadUInt32BigEndian(box);
        if (size == 1 && length >= 16)
            BinaryPrimitives.WriteInt64BigEndian(box[8..], length);
        else if (size != 0)
            BinaryPrimitives.WriteInt32BigEndian(box, length);
        switch (IsoParts.Type(box))
        {
            case "mdat" when _media < 0:
                _media = at + (size == 1 ? 16 : IsoParts.Header);
                break;
            case "stco" or "co64" or "iloc":
                _tables.Add((at, length));
                break;
            case "trun":
                _runs.Add(at);
                break;
        }
    }

    private void Close()
    {
        if (!_open.TryPop(out var container))
            return;
        var box = Bytes[container.At..];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        var (at, length) = IsoParts.Counter(box[..container.Opening]);
        if (length == 2)
            BinaryPrimitives.WriteInt16BigEndian(box[at..], (short)container.Boxes);
        else if (length == 4)
            BinaryPrimitives.WriteInt32BigEndian(box[at..], container.Boxes);
        if (IsoParts.Type(box) is "moof")
            CloseFragment(container.At);
    }

    /// <summary>A fragment's runs lie in the media data behind it (ISO/IEC 14496-12, 8.8.8).</summary>
    private void CloseFragment(int at)
    {
        foreach (var run in _runs.Where(r => r > at))
            IsoPlaces.MoveRun(Bytes[run..], _file.Count - at + IsoParts.Header);
        _runs.Clear();
    }
}
