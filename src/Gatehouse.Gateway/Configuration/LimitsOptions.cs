namespace Gatehouse.Gateway.Configuration;

/// <summary>Limits of one upload and of all that is stored.</summary>
public sealed record LimitsOptions
{
    public long MaxFileBytes { get; init; } = Keys.MaxFileBytes.Default;
    public IReadOnlyList<string> AllowedTypes { get; init; } = Keys.AllowedTypes.Default;
    public long MaxPixels { get; init; } = Keys.MaxPixels.Default;

    /// <summary>Slower uploads are ended after 10 s; 0: never.</summary>
    public long MinBytesPerSecond { get; init; } = Keys.MinBytesPerSecond.Default;

    /// <summary>Read and thrown away after a refusal, so that the client sees the answer.</summary>
    public long DrainBytes { get; init; } = Keys.DrainBytes.Default;

    public long MaxStoredBytes { get; init; } = Keys.MaxStoredBytes.Default;

    /// <summary>Per node.</summary>
    public int MaxEventStreams { get; init; } = (int)Keys.MaxEventStreams.Default;

    internal static LimitsOptions Read(KeyReader reader) => new()
    {
        MaxFileBytes = reader.Number(Keys.MaxFileBytes),
        AllowedTypes = reader.List(Keys.AllowedTypes),
        MaxPixels = reader.Number(Keys.MaxPixels),
        MinBytesPerSecond = reader.Number(Keys.MinBytesPerSecond),
        DrainBytes = reader.Number(Keys.DrainBytes),
        MaxStoredBytes = reader.Number(Keys.MaxStoredBytes),
        MaxEventStreams = (int)reader.Number(Keys.MaxEventStreams),
    };
}
