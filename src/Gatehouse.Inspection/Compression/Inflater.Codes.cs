using System.Buffers;

namespace Gatehouse.Inspection.Compression;

/// <summary>A dynamic block's codes (RFC 1951, 3.2.7).</summary>
internal sealed partial class Inflater
{
    private const int TablesLength = DeflateCodes.LiteralTableLength + DeflateCodes.DistanceTableLength;

    private uint[]? _tables;
    private byte[]? _lengths;
    private int _literalCodes;
    private int _distanceCodes;
    private int _codeLengthCodes;
    private int _lengthsRead;
    private bool _isFixed;

    private ReadOnlySpan<uint> LiteralTable => _isFixed ? DeflateCodes.FixedLiterals : _tables.AsSpan(0, DeflateCodes.LiteralTableLength);

    private ReadOnlySpan<uint> DistanceTable => _isFixed ? DeflateCodes.FixedDistances : _tables.AsSpan(DeflateCodes.LiteralTableLength, DeflateCodes.DistanceTableLength);

    private void UseFixedCodes() => _isFixed = true;

    private InflateStatus? ReadCodeCounts(ref BitSource source)
    {
        source.Refill();
        if (source.Count < 14)
            return InflateStatus.NeedsInput;
        _literalCodes = (int)source.Take(5) + 257;
        _distanceCodes = (int)source.Take(5) + 1;
        _codeLengthCodes = (int)source.Take(4) + 4;
        if (_literalCodes > DeflateCodes.MaxLiteralCodes || _distanceCodes > DeflateCodes.MaxDistanceCodes)
            return InflateStatus.Damaged;
        _isFixed = false;
        _tables ??= ArrayPool<uint>.Shared.Rent(TablesLength);
        _lengths ??= ArrayPool<byte>.Shared.Rent(DeflateCodes.MaxLiteralCodes + DeflateCodes.MaxDistanceCodes);
        _lengths.AsSpan(0, DeflateCodes.CodeLengthOrder.Length).Clear();
        _lengthsRead = 0;
        _step = Step.CodeLengthCodes;
        return null;
    }

    private InflateStatus? ReadCodeLengthCodes(ref BitSource source)
    {
        while (_lengthsRead < _codeLengthCodes)
        {
            source.Refill();
            if (source.Count < 3)
                return InflateStatus.NeedsInput;
            _lengths![DeflateCodes.CodeLengthOrder[_lengthsRead++]] = (byte)source.Take(3);
        }

        // The code length code shares the literal table's room: it is done with before that is built.
        var table = _tables.AsSpan(0, 1 << DeflateCodes.CodeLengthRootBits);
        var lengths = _lengths.AsSpan(0, DeflateCodes.CodeLengthOrder.Length);
        if (!HuffmanTable.TryBuild(lengths, DeflateCodes.CodeLengthSymbols, DeflateCodes.CodeLengthRootBits, table, allowSingle: false))
            return InflateStatus.Damaged;
        _lengthsRead = 0;
        _step = Step.CodeLengths;
        return null;
    }

    private InflateStatus? ReadCodeLengths(ref BitSource source)
    {
        var all = _literalCodes + _distanceCodes;
        while (_lengthsRead < all)
        {
            source.Refill();
            var entry = _tables![(int)(source.Bits & ((1u << DeflateCodes.CodeLengthRootBits) - 1))];
            var length = (int)(entry & HuffmanTable.LengthMask);
            var symbol = HuffmanTable.ValueOf(entry);
            var extra = symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };
            if (source.Count < length + extra)
                return InflateStatus.NeedsInput;
            source.Drop(length);
            var (value, times) = symbol switch
            {
                16 => (_lengthsRead > 0 ? _lengths![_lengthsRead - 1] : byte.MaxValue, 3 + (int)source.Take(2)),
                17 => ((byte)0, 3 + (int)source.Take(3)),
                18 => ((byte)0, 11 + (int)source.Take(7)),
                _ => ((byte)symbol, 1),
            };
            if (value == byte.MaxValue || _lengthsRead + times > all)
                return InflateStatus.Damaged;
            _lengths.AsSpan(_lengthsRead, times).Fill(value);
            _lengthsRead += times;
        }

        _step = Step.Symbols;
        return TryBuildTables() ? null : InflateStatus.Damaged;
    }

    private bool TryBuildTables()
    {
        var literals = _lengths.AsSpan(0, _literalCodes);
        var distances = _lengths.AsSpan(_literalCodes, _distanceCodes);
        return literals[DeflateCodes.EndOfBlockSymbol] != 0
            && HuffmanTable.TryBuild(
                literals, DeflateCodes.LiteralSymbols, DeflateCodes.LiteralRootBits, _tables.AsSpan(0, DeflateCodes.LiteralTableLength), allowSingle: true)
            && HuffmanTable.TryBuild(
                distances,
                DeflateCodes.DistanceSymbols,
                DeflateCodes.DistanceRootBits,
                _tables.AsSpan(DeflateCodes.LiteralTableLength, DeflateCodes.DistanceTableLength),
                allowSingle: true);
    }

    private void ReturnTables()
    {
        if (_tables is not null)
            ArrayPool<uint>.Shared.Return(_tables);
        if (_lengths is not null)
            ArrayPool<byte>.Shared.Return(_lengths);
        (_tables, _lengths) = (null, null);
    }
}
