using System.Runtime.CompilerServices;

namespace Gatehouse.Inspection.Compression;

/// <summary>Literals and matches.</summary>
internal sealed partial class Inflater
{
    private const ulong LiteralMask = (1u << DeflateCodes.LiteralRootBits) - 1;
    private const ulong DistanceMask = (1u << DeflateCodes.DistanceRootBits) - 1;

    private InflateStatus? ReadSymbols(ref BitSource source)
    {
        var literals = LiteralTable;
        var distances = DistanceTable;
        while (true)
        {
            if (!_window.MakeRoom())
                return InflateStatus.Stopped;
            if (source.HasSixteen)
            {
                if (!ReadFast(ref source, literals, distances))
                    return InflateStatus.Damaged;
            }
            else if (ReadOne(ref source, literals, distances) is { } stop)
            {
                return stop;
            }

            if (_step != Step.Symbols)
                return null;
        }
    }

    /// <summary>While input and room suffice for whatever comes, nothing has to be asked per bit.</summary>
    private bool ReadFast(ref BitSource state, ReadOnlySpan<uint> literals, ReadOnlySpan<uint> distances)
    {
        // A copy: the compiler keeps a local's fields in registers, not those behind a reference.
        var source = state;
        var buffer = _window.Buffer;
        var at = _window.Position;
        var good = true;
        while (at <= InflateWindow.LastStart && source.HasSixteen)
        {
            source.RefillFast();
            var entry = Lookup(literals, ref source, LiteralMask, DeflateCodes.LiteralRootBits);
            source.Drop((int)(entry & HuffmanTable.LengthMask));
            if (entry >= HuffmanTable.Literal)
            {
                buffer[at++] = (byte)(entry >> 16);
                entry = Lookup(literals, ref source, LiteralMask, DeflateCodes.LiteralRootBits);
                source.Drop((int)(entry & HuffmanTable.LengthMask));
                if (entry >= HuffmanTable.Literal)
                {
                    buffer[at++] = (byte)(entry >> 16);
                    continue;
                }

                // Two codes of 15 bits leave 26 of 56; what a match still needs is up to 5 + 15 + 13.
                source.RefillFast();
            }

            if ((entry & HuffmanTable.Exceptional) != 0)
            {
                good = (entry & HuffmanTable.EndOfBlock) != 0;
                _step = Step.BlockHeader;
                break;
            }

            var length = HuffmanTable.ValueOf(entry) + (int)source.Take((int)HuffmanTable.ExtraOf(entry));
            entry = Lookup(distances, ref source, DistanceMask, DeflateCodes.DistanceRootBits);
            source.Drop((int)(entry & HuffmanTable.LengthMask));
            var distance = HuffmanTable.ValueOf(entry) + (int)source.Take((int)HuffmanTable.ExtraOf(entry));
            if ((entry & HuffmanTable.Exceptional) != 0 || distance > at)
            {
                good = false;
                break;
            }

            InflateWindow.Repeat(buffer, at, distance, length);
            at += length;
        }

        _window.Position = at;
        state = source;
        return good;
    }

    /// <summary>One symbol, with its match; taken only once all of its bits are there.</summary>
    private InflateStatus? ReadOne(ref BitSource source, ReadOnlySpan<uint> literals, ReadOnlySpan<uint> distances)
    {
        source.Refill();
        var whole = source;
        var entry = Lookup(literals, ref whole, LiteralMask, DeflateCodes.LiteralRootBits);
        if (!whole.TryDrop(entry))
            return InflateStatus.NeedsInput;
        if (entry >= HuffmanTable.Literal)
        {
            source = whole;
            _window.Buffer[_window.Position++] = (byte)(entry >> 16);
            return null;
        }

        if ((entry & HuffmanTable.Exceptional) != 0)
        {
            source = whole;
            _step = Step.BlockHeader;
            return (entry & HuffmanTable.EndOfBlock) != 0 ? null : InflateStatus.Damaged;
        }

        if (whole.Count < (int)HuffmanTable.ExtraOf(entry))
            return InflateStatus.NeedsInput;
        var length = HuffmanTable.ValueOf(entry) + (int)whole.Take((int)HuffmanTable.ExtraOf(entry));
        entry = Lookup(distances, ref whole, DistanceMask, DeflateCodes.DistanceRootBits);
        if (!whole.TryDrop(entry) || whole.Count < (int)HuffmanTable.ExtraOf(entry))
            return InflateStatus.NeedsInput;
        var distance = HuffmanTable.ValueOf(entry) + (int)whole.Take((int)HuffmanTable.ExtraOf(entry));
        if ((entry & HuffmanTable.Exceptional) != 0 || distance > _window.Position)
            return InflateStatus.Damaged;
        source = whole;
        InflateWindow.Repeat(_window.Buffer, _window.Position, distance, length);
        _window.Position += length;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Lookup(ReadOnlySpan<uint> table, ref BitSource source, ulong rootMask, int rootBits)
    {
        var entry = table[(int)(source.Bits & rootMask)];
        if ((entry & HuffmanTable.Link) == 0)
            return entry;
        var second = (int)((source.Bits >> rootBits) & ((1u << (int)HuffmanTable.ExtraOf(entry)) - 1));
        return table[HuffmanTable.ValueOf(entry) + second];
    }
}
