namespace Gatehouse.Inspection.Compression;

/// <summary>Deflate's symbols and fixed codes (RFC 1951, 3.2.5 and 3.2.6).</summary>
internal static class DeflateCodes
{
    public const int LiteralRootBits = 10;
    public const int DistanceRootBits = 8;
    public const int CodeLengthRootBits = 7;

    /// <summary>The largest tables that 286 and 30 symbols of 15 bits can need with those roots are 1,332 and 400 entries.</summary>
    public const int LiteralTableLength = 1408;
    public const int DistanceTableLength = 512;

    public const int MaxLiteralCodes = 286;
    public const int MaxDistanceCodes = 30;
    public const int EndOfBlockSymbol = 256;
    public const int LongestMatch = 258;

    public static readonly uint[] LiteralSymbols = MakeLiteralSymbols();
    public static readonly uint[] DistanceSymbols = MakeDistanceSymbols();
    public static readonly uint[] CodeLengthSymbols = [.. Enumerable.Range(0, 19).Select(i => (uint)i << 16)];
    public static readonly uint[] FixedLiterals = MakeFixedLiterals();
    public static readonly uint[] FixedDistances = MakeFixedDistances();

    /// <summary>The order in which a dynamic block lists the lengths of its code length codes (RFC 1951, 3.2.7).</summary>
    public static ReadOnlySpan<byte> CodeLengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static uint[] MakeLiteralSymbols()
    {
        var symbols = new uint[288];
        for (var literal = 0u; literal < 256; literal++)
            symbols[literal] = HuffmanTable.Literal | (literal << 16);
        symbols[EndOfBlockSymbol] = HuffmanTable.Exceptional | HuffmanTable.EndOfBlock;
        var length = 3u;
        for (var i = 0u; i < 28; i++)
        {
            var extra = i < 8 ? 0 : (i / 4) - 1;
            symbols[257 + i] = (length << 16) | (extra << 8);
            length += 1u << (int)extra;
        }

        symbols[285] = LongestMatch << 16;
        symbols[286] = symbols[287] = HuffmanTable.Exceptional;
        return symbols;
    }

    private static uint[] MakeDistanceSymbols()
    {
        var symbols = new uint[32];
        var distance = 1u;
        for (var i = 0u; i < MaxDistanceCodes; i++)
        {
            var extra = i < 4 ? 0 : (i / 2) - 1;
            symbols[i] = (distance << 16) | (extra << 8);
            distance += 1u << (int)extra;
        }

        symbols[30] = symbols[31] = HuffmanTable.Exceptional;
        return symbols;
    }

    private static uint[] MakeFixedLiterals()
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        var table = new uint[1 << LiteralRootBits];
        HuffmanTable.TryBuild(lengths, LiteralSymbols, LiteralRootBits, table, allowSingle: false);
        return table;
    }

    private static uint[] MakeFixedDistances()
    {
        Span<byte> lengths = stackalloc byte[32];
        lengths.Fill(5);
        var table = new uint[1 << DistanceRootBits];
        HuffmanTable.TryBuild(lengths, DistanceSymbols, DistanceRootBits, table, allowSingle: false);
        return table;
    }
}
