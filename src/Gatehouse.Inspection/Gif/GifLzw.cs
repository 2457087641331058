namespace Gatehouse.Inspection.Gif;

internal enum LzwStatus
{
    SoFarGood,
    Damaged,
    TooManyPixels,
    TooFewPixels,

    /// <summary>A pixel has a colour that is not in the table.</summary>
    NoColour,

    /// <summary>Something stands behind the end code.</summary>
    BehindEnd,
}

/// <summary>
/// Decodes a frame's pixel data (GIF89a, section 22 and appendix F) as far as counting needs: of each string that a code stands for its length, its
/// first colour and its highest are kept, not its pixels. So every code is checked, and that all of them make exactly the frame's pixels in colours that exist.
/// </summary>
internal sealed class GifLzw
{
    private const int MaxCodeBits = 12;
    private const int MaxCodes = 1 << MaxCodeBits;
    private const int None = -1;

    /// <summary>Encoders that round up to whole blocks leave zeros behind the end code; none leaves more than a few.</summary>
    private const int MaxPadding = 16;

    private readonly ushort[] _lengths = new ushort[MaxCodes];
    private readonly byte[] _firsts = new byte[MaxCodes];
    private readonly byte[] _highests = new byte[MaxCodes];
    private int _minimumBits;
    private int _codeBits;
    private int _next;
    private int _previous;
    private uint _bits;
    private int _bitCount;
    private int _colours;
    private long _pixelsLeft;
    private bool _hasEnded;
    private int _padding;

    /// <summary>The end code may be missing, as some encoders leave it out; pixels may not.</summary>
    public bool IsComplete => _pixelsLeft == 0;

    private int ClearCode => 1 << _minimumBits;

    /// <param name="minimumBits">2 to 8; two colours take 2 as well, as with 1 readers disagree when codes grow.</param>
    /// <param name="transparent">A colour that need not be in the table, as it is not drawn; -1: none.</param>
    public bool TryStart(int minimumBits, long pixels, int colours, int transparent)
    {
        if (minimumBits is < 2 or > 8)
            return false;
        _minimumBits = minimumBits;
        (_pixelsLeft, _colours) = (pixels, colours);
        (_bits, _bitCount, _hasEnded, _padding) = (0, 0, false, 0);
        _lengths.AsSpan(0, ClearCode).Fill(1);
        for (var colour = 0; colour < ClearCode; colour++)
            (_firsts[colour], _highests[colour]) = ((byte)colour, (byte)(colour == transparent ? 0 : colour));
        Clear();
        return true;
    }

    /// <summary>Takes bytes up to the first that is wrong; <paramref name="taken"/> tells how many.</summary>
    public LzwStatus Write(ReadOnlySpan<byte> bytes, out int taken)
    {
        for (taken = 0; taken < bytes.Length; taken++)
        {
            if (_hasEnded)
            {
                if (bytes[taken] != 0 || ++_padding > MaxPadding)
                    return LzwStatus.BehindEnd;
                continue;
            }

            _bits |= (uint)bytes[taken] << _bitCount;
            _bitCount += 8;
            while (_bitCount >= _codeBits && !_hasEnded)
            {
                var code = (int)(_bits & ((1u << _codeBits) - 1));
                _bits >>= _codeBits;
                _bitCount -= _codeBits;
                var status = Take(code);
                if (status != LzwStatus.SoFarGood)
                    return status;
            }
        }

        return LzwStatus.SoFarGood;
    }

    private LzwStatus Take(int code)
    {
        if (code == ClearCode)
        {
            Clear();
            return LzwStatus.SoFarGood;
        }

        if (code == ClearCode + 1)
        {
            _hasEnded = true;
            return IsComplete ? LzwStatus.SoFarGood : LzwStatus.TooFewPixels;
        }

        if (_previous == None ? code > ClearCode : code > _next)
            return LzwStatus.Damaged;
        if (_previous != None)
            Add(code);
        _previous = code;
        _pixelsLeft -= _lengths[code];
        if (_highests[code] >= _colours)
            return LzwStatus.NoColour;
        return _pixelsLeft < 0 ? LzwStatus.TooManyPixels : LzwStatus.SoFarGood;
    }

    /// <summary>
    /// The string before with the first colour of this one, which may be the one that is being added. A full table stays as it is until it is cleared
    /// ("deferred clear codes").
    /// </summary>
    private void Add(int code)
    {
        if (_next == MaxCodes)
            return;
        _lengths[_next] = (ushort)(_lengths[_previous] + 1);
        _firsts[_next] = _firsts[_previous];
        _highests[_next] = Math.Max(_highests[_previous], _highests[_firsts[code]]);
        _next++;
        if (_next == 1 << _codeBits && _codeBits < MaxCodeBits)
            _codeBits++;
    }

    private void Clear() => (_codeBits, _next, _previous) = (_minimumBits + 1, ClearCode + 2, None);
}
