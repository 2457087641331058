using System.Runtime.InteropServices;
using Gatehouse.Inspection.Pdf.Encryption;

namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// All objects of the file by number. The last definition of a number is the current one, as in an incremental update (7.5.6); a cross-reference may lead to
/// any, so what is judged is each of them.
/// </summary>
internal sealed class PdfObjects(PdfSource source)
{
    private const int None = -1;

    private readonly List<PdfIndirect> _all = [];
    private readonly List<int> _earlier = [];
    private readonly Dictionary<int, int> _current = [];
    private readonly List<PdfPacked> _allPacked = [];
    private readonly Dictionary<int, int> _packed = [];
    private readonly Dictionary<long, int> _headers = [];
    private readonly Dictionary<long, PdfValue> _kept = [];
    private readonly PdfReader _reader = new(source);
    private readonly HashSet<int> _redefined = [];
    private readonly HashSet<long> _unsure = [];
    private long _keptBytes;

    public int Count => _all.Count;

    public ReadOnlySpan<PdfIndirect> All => CollectionsMarshal.AsSpan(_all);

    /// <summary>Numbers that are defined more than once.</summary>
    public IReadOnlySet<int> Redefined => _redefined;

    /// <summary>Reads an object out of an object stream; set once those are known.</summary>
    public Func<int, int, PdfValue?>? ReadPacked { get; set; }

    /// <summary>Set where the file is encrypted and its empty password opens it.</summary>
    public PdfCipher? Cipher { get; set; }

    public void Add(PdfIndirect found)
    {
        if (_all.Count + _allPacked.Count >= PdfLimits.Objects)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, found.Offset);
        if (!_headers.TryAdd(found.Header, _all.Count))
            return;
        var earlier = Last(_current, found.Number);
        if (earlier != None)
            _redefined.Add(found.Number);
        _current[found.Number] = _all.Count;
        _all.Add(found);
        _earlier.Add(earlier);
    }

    public PdfIndirect? FindAt(long header) => _headers.TryGetValue(header, out var index) ? _all[index] : null;

    /// <param name="scalar">The value; of an array or a dictionary only that it is one.</param>
    public void AddPacked(int number, int container, int index, PdfValue scalar)
    {
        if (_all.Count + _allPacked.Count >= PdfLimits.Objects)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, 0);
        var earlier = Last(_packed, number);
        _packed[number] = _allPacked.Count;
        _allPacked.Add(new PdfPacked(container, index, scalar, earlier));
    }

    /// <summary>Readers do not agree on where this stream's data end.</summary>
    public void Doubt(PdfIndirect stream) => _unsure.Add(stream.Offset);

    public bool IsDoubtful(PdfIndirect stream) => _unsure.Contains(stream.Offset);

    public PdfIndirect? Find(int number) => _current.TryGetValue(number, out var index) ? _all[index] : null;

    public bool IsDefined(int number) => _current.ContainsKey(number) || _packed.ContainsKey(number);

    /// <summary>Every definition of a number that is not packed, the last one first.</summary>
    public IEnumerable<PdfIndirect> Definitions(int number)
    {
        for (var i = Last(_current, number); i != None; i = _earlier[i])
        {
            source.Budget.Spend(PdfLimits.HopCost, _all[i].Offset);
            yield return _all[i];
        }
    }

    /// <summary>The value behind a reference, which is none itself, or the value; null: none.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        if (value is not PdfReference reference)
            return value;
        source.Budget.Spend(PdfLimits.HopCost, 0);
        if (Find(reference.Number) is { } found)
            return ReadAt(found.Offset);
        return Last(_packed, reference.Number) is var packed and not None ? ReadPacked?.Invoke(_allPacked[packed].Container, _allPacked[packed].Index) : null;
    }

    /// <summary>
    /// Whether any reading of a value passes: the value itself, or each definition, packed or not, of what it refers to. Strings behind a reference are decrypted.
    /// </summary>
    /// <param name="isWhole">Else a test sees of an array or a dictionary behind a reference only that it is one.</param>
    public bool Any(PdfValue? value, Func<PdfValue, bool> test, bool isWhole = false)
    {
        if (value is not PdfReference reference)
            return value is not null && test(value);
        foreach (var found in Definitions(reference.Number))
        {
            if (test(Decrypt(isWhole ? ReadAt(found.Offset) : ReadScalarAt(found.Offset), found)))
                return true;
        }

        for (var i = Last(_packed, reference.Number); i != None; i = _allPacked[i].Earlier)
        {
            source.Budget.Spend(PdfLimits.HopCost, 0);
            var packed = _allPacked[i];
            if ((isWhole ? ReadPacked?.Invoke(packed.Container, packed.Index) : packed.Scalar) is { } each && test(each))
                return true;
        }

        return false;
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

    private PdfValue ReadScalarAt(long offset)
    {
        if (_kept.TryGetValue(offset, out var known))
            return known;
        _reader.Position = offset;
        return _reader.ReadScalar();
    }

    private PdfValue Decrypt(PdfValue value, PdfIndirect found) =>
        Cipher is not null && value is PdfString text ? new PdfString(Cipher.DecryptString(text.Bytes, found.Number, found.Generation)) : value;

    private static int Last(Dictionary<int, int> places, int number) => places.TryGetValue(number, out var place) ? place : None;
}
