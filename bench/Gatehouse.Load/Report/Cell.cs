using System.Text.Json.Serialization;

namespace Gatehouse.Load;

/// <summary>The figures of one size.</summary>
internal sealed record Cell
{
    [JsonPropertyName("file_bytes")] public required int FileBytes { get; init; }
    [JsonPropertyName("connections")] public required int Connections { get; init; }
    [JsonPropertyName("seconds")] public required double Seconds { get; init; }
    [JsonPropertyName("uploads")] public required long Uploads { get; init; }
    [JsonPropertyName("uploads_per_second")] public required double UploadsPerSecond { get; init; }
    [JsonPropertyName("p50_ms")] public required double P50Ms { get; init; }
    [JsonPropertyName("p99_ms")] public required double P99Ms { get; init; }

    /// <summary>CPU time of the servers' processes while they were measured, by upload.</summary>
    [JsonPropertyName("cpu_ms_per_upload")] public required double CpuMsPerUpload { get; init; }

    /// <summary>VmHWM of the server that had most, the warm-up included, in megabytes of 1,048,576 bytes.</summary>
    [JsonPropertyName("peak_memory_mb")] public required double PeakMemoryMb { get; init; }

    [JsonPropertyName("missing")] public required long Missing { get; init; }
    [JsonPropertyName("repeated")] public required long Repeated { get; init; }
    [JsonPropertyName("unexpected")] public required long Unexpected { get; init; }

    /// <summary>Answers other than 200 by status, and broken connections; those of the warm-up included.</summary>
    [JsonPropertyName("failures")] public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>What did not hold, one sentence each.</summary>
    [JsonPropertyName("problems")] public required IReadOnlyList<string> Problems { get; init; }
}
