using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// What the inspection of one file may take in all: what it did with each piece while the file came, and the verdict at its end. A verdict takes milliseconds; a file that holds a validator longer is refused.
/// </summary>
public sealed class InspectionTime(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private TimeSpan _left = Limit;

    /// <summary>The next bytes of a file.</summary>
    /// <param name="at">How many have come, these included.</param>
    public Verdict.Refuse? Write(FileInspection inspection, ReadOnlySpan<byte> bytes, string? declaredMime, long at)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        var began = time.GetTimestamp();
        var refusal = inspection.Write(bytes);
        _left -= time.GetElapsedTime(began);
        return refusal ?? (_left > TimeSpan.Zero ? null : TooLong(declaredMime, at));
    }

    /// <summary>The verdict on the whole file.</summary>
    public Verdict Complete(FileInspection inspection, IFileContent file, string? declaredMime)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(file);
        using var limit = new CancellationTokenSource(_left, time);
        try
        {
            return inspection.Complete(file, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return TooLong(declaredMime, file.Length);
        }
    }

    private static Verdict.Refuse TooLong(string? declaredMime, long at) => new(
        RefusalCode.ContentUnsafe, Reasons.ExpandsTooMuch, declaredMime ?? "application/octet-stream", at, "The file takes too long to check. Export it again, simpler, and send that.");
}
