using System.Buffers.Binary;

namespace Gatehouse.Inspection.Metadata;

/// <summary>The texts of a colour profile (ICC.1:2022, 7.3 and 10): its tags of type text, desc, mluc, dict and utf8.</summary>
internal static class IccValues
{
    private const int HeaderLength = 128;
    private const int TagLength = 12;

    /// <summary>Real profiles have a dozen or two; tags may share data, so their number is bounded.</summary>
    private const uint MaxTags = 200;

    /// <summary>Where a value with a script is, or <see cref="ScriptSearch.None"/>.</summary>
    public static int Find(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < HeaderLength + 4)
            return ScriptSearch.None;
        var tags = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderLength..]), MaxTags);
        var budget = (profile.Length * 4L) + 4096;
        for (var i = 0; i < tags; i++)
        {
            var entry = HeaderLength + 4 + (i * TagLength);
            if (entry + TagLength > profile.Length)
                break;
            var offset = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 4)..]);
            var size = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 8)..]);
            if (offset > profile.Length || size > profile.Length - offset)
                continue;
            var data = profile.Slice((int)offset, (int)size);
            if (IsText(data) && (budget -= size) >= 0 && ScriptSearch.InText(data) >= 0)
                return (int)offset;
        }

        return ScriptSearch.None;
    }

    private static bool IsText(ReadOnlySpan<byte> data) =>
        data.StartsWith("text"u8) || data.StartsWith("desc"u8) || data.StartsWith("mluc"u8) || data.StartsWith("dict"u8) || data.StartsWith("utf8"u8);
}
