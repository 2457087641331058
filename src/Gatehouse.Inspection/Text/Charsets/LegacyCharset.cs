using System.Buffers;

namespace Gatehouse.Inspection.Text.Charsets;

/// <summary>
/// The charset of a text that is not Unicode, by evidence: every candidate reads a sample, the most plausible reading is tried first, and it stands
/// only if the whole file decodes in it without a single character that no text has.
/// </summary>
internal static class LegacyCharset
{
    private const int BlockLength = 16 * 1024;

    /// <summary>The charset's IANA name; null: the bytes are no text in any of them.</summary>
    public static string? Find(IFileContent file, CancellationToken cancellationToken)
    {
        var sample = CharsetSample.Take(file, cancellationToken);
        var ranked = new List<(Candidate Candidate, double Cost)>(Candidate.All.Count);
        foreach (var candidate in Candidate.All)
        {
            var cost = Plausibility.CostOf(candidate, sample);
            if (cost <= Plausibility.LimitOf(candidate.Script))
                ranked.Add((candidate, cost));
        }

        // A stable order: among equals the one that comes first in the list, the more common one.
        foreach (var (candidate, _) in ranked.OrderBy(r => r.Cost))
        {
            if (DecodesWhole(file, candidate, cancellationToken))
                return candidate.Name;
        }

        return null;
    }

    private static bool DecodesWhole(IFileContent file, Candidate candidate, CancellationToken cancellationToken)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(BlockLength);
        var chars = ArrayPool<char>.Shared.Rent(BlockLength + 16);
        try
        {
            var decoder = candidate.Encoding.GetDecoder();
            long offset = 0;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = file.ReadAt(offset, bytes.AsSpan(0, BlockLength));
                offset += read;
                var made = decoder.GetChars(bytes.AsSpan(0, read), chars, flush: read == 0);
                if (chars.AsSpan(0, made).IndexOfAny(Candidate.NoText) >= 0)
                    return false;
                if (read == 0)
                    return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(chars);
        }
    }
}
