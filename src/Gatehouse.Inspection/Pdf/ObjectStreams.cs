namespace Gatehouse.Inspection.Pdf;

/// <summary>Objects packed in streams (ISO 32000-1, 7.5.7). Keeps the last unpacked stream, since references cluster, and the values of a small file's.</summary>
internal sealed class ObjectStreams(PdfObjects objects, PdfStreams streams, PdfBudget budget)
{
    /// <summary>What says how such a stream is read: readers do not agree where it is given twice, or elsewhere.</summary>
    private static readonly string[] Plain = ["Type", "N", "First", "Filter", "DecodeParms"];

    private readonly List<PdfIndirect> _containers = [];
    private readonly HashSet<long> _known = [];
    private readonly Dictionary<int, List<int[]>> _numbers = [];
    private readonly List<(int Container, int Index)> _leading = [];
    private readonly Dictionary<int, PdfValue[]> _kept = [];
    private int _open = -1;
    private PdfReader? _reader;
    private List<(int Number, long Offset)> _packed = [];
    private long _keptBytes;

    /// <summary>
    /// Named so, or with what only an object stream has: readers do not ask for the name. What a cross-reference takes for one is added by <see cref="Add"/>.
    /// </summary>
    public static bool IsOne(PdfDictionary dictionary) =>
        dictionary.HasNamed("Type", "ObjStm") || (dictionary.Has("N") && (dictionary.Has("First") || dictionary["Type"] is PdfReference));

    public void Add(PdfIndirect container)
    {
        if (_known.Add(container.Header))
            _containers.Add(container);
    }

    /// <summary>Visits every packed object; returns where the stream is that cannot be read, or -1.</summary>
    /// <param name="leadsOn">Whether other objects must be known to judge one; the others are read once.</param>
    public long Visit(Action<PdfValue> visit, Func<PdfValue, bool> leadsOn)
    {
        objects.ReadPacked = Read;
        for (var i = 0; i < _containers.Count; i++)
        {
            if (!Index(i, visit, leadsOn))
                return _containers[i].Header;
        }

        foreach (var (container, index) in _leading)
        {
            if (Read(container, index) is { } value)
                visit(value);
        }

        return -1;
    }

    /// <summary>Whether a number is that of the object at an index, in each object stream that is numbered so.</summary>
    public bool Holds(int container, int index, int number)
    {
        foreach (var numbers in _numbers.GetValueOrDefault(container) ?? [])
        {
            budget.Spend(1, 0);
            if (index >= numbers.Length || numbers[index] != number)
                return false;
        }

        return true;
    }

    /// <summary>Whether an object with that number begins at that offset of the file, in a stream that is packed by no filter: some programs write its header into a comment there.</summary>
    public bool IsAt(long offset, int number)
    {
        for (var i = 0; i < _containers.Count; i++)
        {
            var found = _containers[i];
            budget.Spend(1, offset);
            if (offset < found.StreamStart || offset >= found.StreamStart + found.StreamLength)
                continue;
            if (objects.Cipher is not null || objects.ReadAt(found.Offset) is not PdfDictionary dictionary || dictionary.Has("Filter") || dictionary.Has("F") || !Open(i))
                return false;
            budget.Spend(_packed.Count, offset);
            _reader!.Position = _packed.Find(each => each.Number == number).Offset;
            _reader.SkipSpace();
            return found.StreamStart + _reader.Position == offset;
        }

        return false;
    }

    /// <summary>Reads each object of a stream once, in its order. False: they overlap, or end beyond the data, so that readers take them for different ones.</summary>
    private bool Index(int container, Action<PdfValue> visit, Func<PdfValue, bool> leadsOn)
    {
        if (!Open(container))
            return false;
        var own = _containers[container].Number;
        if (!_numbers.TryGetValue(own, out var all))
            _numbers[own] = all = [];
        all.Add([.. _packed.Select(each => each.Number)]);
        var length = _reader!.Source.Length;
        var values = _keptBytes + length <= PdfLimits.KeptPacked ? new PdfValue[_packed.Count] : null;
        for (var k = 0; k < _packed.Count; k++)
        {
            var (number, offset) = _packed[k];
            _reader.Position = offset;
            var value = _reader.Read();
            if (value == PdfWord.End || value is PdfReference || _reader.IsBroken || _reader.Position > (k + 1 < _packed.Count ? _packed[k + 1].Offset : length))
                return false;
            objects.AddPacked(number, container, k, value is PdfArray or PdfDictionary ? PdfWord.Composite : value);
            if (values is not null)
                values[k] = value;
            if (leadsOn(value))
                _leading.Add((container, k));
            else
                visit(value);
        }

        if (values is not null)
        {
            _keptBytes += length;
            _kept[container] = values;
        }

        return true;
    }

    private PdfValue? Read(int container, int index)
    {
        if (_kept.TryGetValue(container, out var values))
            return index < values.Length ? values[index] : null;
        if (!Open(container) || index >= _packed.Count)
            return null;
        _reader!.Position = _packed[index].Offset;
        return _reader.Read();
    }

    private bool Open(int container)
    {
        if (_open == container)
            return true;
        _open = -1;
        var found = _containers[container];
        if (objects.ReadAt(found.Offset) is not PdfDictionary dictionary || !Plain.All(dictionary.IsPlain) || streams.Decode(found, dictionary) is not { } bytes)
            return false;
        if (dictionary["N"] is not PdfNumber { IsWhole: true } count || dictionary["First"] is not PdfNumber { IsWhole: true } first)
            return false;
        if (count.Value > PdfLimits.Objects)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, found.Offset);
        _reader = new PdfReader(new PdfSource(bytes, budget));
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
