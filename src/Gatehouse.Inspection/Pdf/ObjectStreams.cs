namespace Gatehouse.Inspection.Pdf;

/// <summary>Objects packed in streams (ISO 32000-1, 7.5.7). Keeps the last unpacked stream, since references cluster.</summary>
internal sealed class ObjectStreams(PdfObjects objects, PdfStreams streams)
{
    private readonly List<PdfIndirect> _containers = [];
    private int _open = -1;
    private PdfReader? _reader;
    private List<(int Number, long Offset)> _packed = [];

    public void Add(PdfIndirect container) => _containers.Add(container);

    /// <summary>Visits every packed object; false: one of the streams cannot be read.</summary>
    public bool Visit(Action<PdfValue> visit, CancellationToken cancellationToken)
    {
        objects.ReadPacked = Read;
        for (var i = 0; i < _containers.Count; i++)
        {
            if (!Open(i))
                return false;
            for (var k = 0; k < _packed.Count; k++)
                objects.AddPacked(_packed[k].Number, i, k);
        }

        for (var i = 0; i < _containers.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var k = 0; Open(i) && k < _packed.Count; k++)
            {
                if (Read(i, k) is { } value)
                    visit(value);
            }
        }

        return true;
    }

    private PdfValue? Read(int container, int index)
    {
        if (!Open(container) || index >= _packed.Count)
            return null;
        _reader!.Position = _packed[index].Offset;
        return _reader.Read();
    }

    private bool Open(int container)
    {
        if (_open == container)
            return true;
        var found = _containers[container];
        if (objects.ReadAt(found.Offset) is not PdfDictionary dictionary || streams.Decode(found, dictionary) is not { } bytes)
            return false;
        if (objects.Resolve(dictionary["N"]) is not PdfNumber { IsWhole: true } count || objects.Resolve(dictionary["First"]) is not PdfNumber { IsWhole: true } first)
            return false;
        if (count.Value > PdfLimits.Objects)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, found.Offset);
        _reader = new PdfReader(new PdfSource(bytes, bytes.Length));
        _packed = [];
        for (var i = 0; i < (int)count.Value; i++)
        {
            if (_reader.Read() is not PdfNumber number || _reader.Read() is not PdfNumber offset)
                return false;
            _packed.Add(((int)number.Value, (long)(first.Value + offset.Value)));
        }

        _open = container;
        return true;
    }
}
