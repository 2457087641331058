using System.Buffers.Binary;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Webp;

/// <summary>A list of texts about a file (Multimedia Programming Interface 1.0, "INFO List Chunk"): <c>INFO</c>, then chunks of one text each.</summary>
internal static class RiffInfo
{
    private const int ChunkHeaderLength = 8;

    /// <param name="list">A list of any kind.</param>
    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> list, long offset)
    {
        if (!list.StartsWith("INFO"u8))
            return null;
        for (var at = 4; at + ChunkHeaderLength <= list.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(list[(at + 4)..]);
            at += ChunkHeaderLength;
            var text = list.Slice(at, (int)Math.Min(length, (uint)(list.Length - at)));
            if (MetadataJudge.Judge(MetadataKind.Text, text, WebpRefusals.Mime, offset + at) is { } refusal)
                return refusal;
            at += text.Length + (text.Length & 1);
        }

        return null;
    }
}
