using System.Buffers.Binary;

namespace Gatehouse.Inspection.Metadata;

/// <summary>The texts of a colour profile (ICC.1:2022, 7.3 and 10): every tag whose type is not one of numbers alone.</summary>
internal static class IccValues
{
    private const int HeaderLength = 128;
    private const int TagLength = 12;

    /// <summary>Where a value with a script is, or <see cref="ScriptSearch.None"/>; until the budget is spent.</summary>
    public static int Find(ReadOnlySpan<byte> profile, ref ValueBudget budget)
    {
        if (profile.Length < HeaderLength + 4)
            return ScriptSearch.None;
        var tags = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderLength..]), (uint)(profile.Length - HeaderLength - 4) / TagLength);
        for (var i = 0; i < tags; i++)
        {
            var entry = HeaderLength + 4 + (i * TagLength);
            var offset = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 4)..]);
            var size = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 8)..]);
            if (offset > profile.Length || size > profile.Length - offset)
                continue;
            var data = profile.Slice((int)offset, (int)size);
            if (IsNumbers(data))
                continue;
            if (!budget.TrySpend(size))
                break;
            if (HasScript(data))
                return (int)offset;
        }

        return ScriptSearch.None;
    }

    private static bool HasScript(ReadOnlySpan<byte> data) => (IsText(data) ? ScriptSearch.InText(data) : ScriptSearch.InUnknown(data)) >= 0;

    private static bool IsText(ReadOnlySpan<byte> data) =>
        data.StartsWith("text"u8) || data.StartsWith("desc"u8) || data.StartsWith("mluc"u8) || data.StartsWith("dict"u8) || data.StartsWith("utf8"u8) || data.StartsWith("ut16"u8);

    private static bool IsNumbers(ReadOnlySpan<byte> data) =>
        data.StartsWith("XYZ "u8) || data.StartsWith("curv"u8) || data.StartsWith("para"u8) || data.StartsWith("mft1"u8) || data.StartsWith("mft2"u8)
        || data.StartsWith("mAB "u8) || data.StartsWith("mBA "u8) || data.StartsWith("mpet"u8) || data.StartsWith("sf32"u8) || data.StartsWith("sig "u8)
        || data.StartsWith("view"u8) || data.StartsWith("meas"u8) || data.StartsWith("chrm"u8) || data.StartsWith("vcgt"u8);
}
