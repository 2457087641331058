namespace Gatehouse.Inspection.Tests.Judging;

/// <summary>Pushes a file through the inspection as an upload does.</summary>
internal static class Judge
{
    /// <summary>Lets in every type that can be let in.</summary>
    public static readonly InspectionPolicy EveryType = new() { AllowedTypes = Inspector.ValidatedTypes };

    private static readonly Inspector Default = new(new InspectionPolicy());

    public static Verdict Whole(byte[] bytes, string? filename = null, InspectionPolicy? policy = null) => InPieces(bytes, [bytes.Length], filename, policy);

    /// <param name="sizes">Of the pieces, over and over.</param>
    public static Verdict InPieces(byte[] bytes, IReadOnlyList<int> sizes, string? filename = null, InspectionPolicy? policy = null)
    {
        var inspector = policy is null ? Default : new Inspector(policy);
        using var inspection = inspector.Begin(filename);
        for (var (at, piece) = (0, 0); at < bytes.Length; piece++)
        {
            var length = Math.Clamp(sizes[piece % sizes.Count], 1, bytes.Length - at);

            // A copy each: what a validator kept of an earlier piece must be its own.
            if (inspection.Write(bytes.AsSpan(at, length).ToArray()) is { } refusal)
                return refusal;
            at += length;
        }

        return inspection.Complete(new MemoryFile(bytes), CancellationToken.None);
    }

    public static Verdict.Accept Accepts(byte[] bytes, string? filename = null, InspectionPolicy? policy = null)
    {
        var verdict = Whole(bytes, filename, policy);
        return verdict as Verdict.Accept ?? throw new Xunit.Sdk.XunitException($"Expected to be accepted, but: {verdict}");
    }

    public static Verdict.Refuse Refuses(byte[] bytes, string? reason, InspectionPolicy? policy = null)
    {
        var verdict = Whole(bytes, filename: null, policy);
        var refusal = Assert.IsType<Verdict.Refuse>(verdict);
        Assert.True(string.Equals(refusal.Reason, reason, StringComparison.Ordinal), $"Expected {reason}, but: {refusal}");
        Assert.False(string.IsNullOrWhiteSpace(refusal.Sentence));
        return refusal;
    }
}
