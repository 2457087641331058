namespace Gatehouse.Inspection.Jpeg;

/// <summary>Marker codes (ITU-T T.81, table B.1): what follows <c>FF</c>.</summary>
internal static class JpegMarker
{
    public const byte Stuffing = 0x00;
    public const byte Progressive = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte Arithmetic = 0xC9;
    public const byte ArithmeticProgressive = 0xCA;
    public const byte Conditioning = 0xCC;
    public const byte Restart0 = 0xD0;
    public const byte Restart7 = 0xD7;
    public const byte Start = 0xD8;
    public const byte End = 0xD9;
    public const byte Scan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte LineCount = 0xDC;
    public const byte RestartInterval = 0xDD;
    public const byte Application0 = 0xE0;
    public const byte Application15 = 0xEF;
    public const byte Comment = 0xFE;
    public const byte Fill = 0xFF;

    public static bool IsRestart(byte code) => code is >= Restart0 and <= Restart7;

    public static bool IsApplication(byte code) => code is >= Application0 and <= Application15;

    /// <summary>
    /// Baseline, extended and progressive frames, Huffman or arithmetic. The lossless and hierarchical ones (C3, C5 to C7, CB, CD to CF) are no
    /// photographs that a browser shows.
    /// </summary>
    public static bool IsFrame(byte code) => code is 0xC0 or 0xC1 or Progressive or Arithmetic or ArithmeticProgressive;

    public static bool IsTables(byte code) => code is HuffmanTables or QuantizationTables or RestartInterval or Conditioning;
}
