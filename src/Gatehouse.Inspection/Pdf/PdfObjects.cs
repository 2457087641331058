using System.Runtime.InteropServices;

namespace Gatehouse.Inspection.Pdf;

/// <summary>All objects of the file by number: the last definition of a number is the current one, as in an incremental update (7.5.6).</summary>
internal sealed class PdfObjects(PdfSource source)
{
    private readonly List<PdfIndirect> _all = [];
    private readonly Dictionary<int, int> _current = [];
    private readonly Dictionary<int, (int Container, int Index)> _packed = [];
    private readonly Dictionary<long, int> _headers = [];
    private readonly Dictionary<long, PdfValue> _kept = [];
    private readonly PdfReader _reader = new(source);
    private readonly HashSet<int> _redefined = [];
    private long _keptBytes;

    public int Count => _all.Count;

    public ReadOnlySpan<PdfIndirect> All => CollectionsMarshal.AsSpan(_all);

    /// <summary>Numbers that are defined more than once.</summary>
    public IReadOnlySet<int> Redefined => _redefined;

    /// <summary>Reads an object out of an object stream; set once those are known.</summary>
    public Func<int, int, PdfValue?>? ReadPacked { get; set; }

    public void Add(PdfIndirect found)
    {
        if (_all.Count + _packed.Count >= PdfLimits.Objects)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, found.Offset);
        if (!_headers.TryAdd(found.Header, _all.Count))
            return;
        if (_current.ContainsKey(found.Number))
            _redefined.Add(found.Number);
        _current[found.Number] = _all.Count;
        _all.Add(found);
    }

    /// <summary>The number of the object whose header is at an offset; null: none is known there.</summary>
    public int? NumberAt(long header) => FindAt(header)?.Number;

    public PdfIndirect? FindAt(long header) => _headers.TryGetValue(header, out var index) ? _all[index] : null;

    public void AddPacked(int number, int container, int index)
    {
        if (_all.Count + _packed.Count >= PdfLimits.Objects)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, 0);
        _packed.TryAdd(number, (container, index));
    }

    public PdfIndirect? Find(int number) => _current.TryGetValue(number, out var index) ? _all[index] : null;

    /// <summary>The value behind references, or the value itself; null: none, or references in a circle.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        for (var hops = 0; value is PdfReference reference; hops++)
        {
            if (hops == 8)
                return null;
            value = Find(reference.Number) is { } found ? ReadAt(found.Offset)
                : _packed.TryGetValue(reference.Number, out var packed) ? ReadPacked?.Invoke(packed.Container, packed.Index)
                : null;
        }

        return value;
    }

    public PdfValue ReadAt(long offset)
    {
        if (_kept.TryGetValue(offset, out var known))
            return known;
        _reader.Position = offset;
        var value = _reader.Read();
        Keep(offset, value, _reader.Position - offset);
        return value;
    }

    /// <summary>What has been read once need not be read again, while the allowance lasts.</summary>
    public void Keep(long offset, PdfValue value, long length)
    {
        if (_keptBytes + length > PdfLimits.KeptBytes)
            return;
        _keptBytes += length;
        _kept[offset] = value;
    }
}
