using System.Buffers;

namespace Gatehouse.Inspection.Text.Charsets;

/// <summary>A few kilobytes round the first bytes beyond ASCII: begins where no charset is inside a character.</summary>
internal static class CharsetSample
{
    private const int Length = 4096;

    /// <summary>Blanks and line ends are no multi-byte charset's second byte.</summary>
    private const int Back = 64;

    private static readonly SearchValues<byte> Safe = SearchValues.Create(" \t\r\n"u8);

    public static byte[] Take(IFileContent file, CancellationToken cancellationToken)
    {
        var block = new byte[Length];
        for (long offset = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = file.ReadAt(offset, block);
            if (read == 0)
                return [];
            var high = block.AsSpan(0, read).IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (high < 0)
            {
                offset += read;
                continue;
            }

            var back = Math.Min(high, Back);
            var safe = block.AsSpan(high - back, back).LastIndexOfAny(Safe);
            return From(file, offset + high - (safe < 0 ? 0 : back - safe), block);
        }
    }

    private static byte[] From(IFileContent file, long start, byte[] block)
    {
        var length = 0;
        while (length < block.Length && file.ReadAt(start + length, block.AsSpan(length)) is var read and > 0)
            length += read;
        // A character cut by the sample's end says nothing against a charset.
        var cut = length < block.Length ? length : block.AsSpan(0, length).LastIndexOfAny(Safe);
        return block[..(cut <= 0 ? length : cut)];
    }
}
