namespace Gatehouse.Inspection.Compression;

/// <summary>Takes inflated bytes as they come; they are the sender's only during the call.</summary>
internal interface IInflateSink
{
    /// <summary>False: no more is wanted, and inflating stops.</summary>
    bool Take(ReadOnlySpan<byte> bytes);
}

internal enum InflateStatus
{
    /// <summary>All input is used up, and the stream has not ended.</summary>
    NeedsInput,

    /// <summary>The stream has ended.</summary>
    Ended,

    /// <summary>No stream of this format continues so.</summary>
    Damaged,

    /// <summary>The stream's own checksum differs from that of its data.</summary>
    WrongChecksum,

    /// <summary>The sink wanted no more.</summary>
    Stopped,
}
