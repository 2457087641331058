namespace Gatehouse.Api.Inspecting;

/// <summary>What became of one file. <c>Code</c>, <c>Reason</c> and <c>Sentence</c> are null when it is accepted.</summary>
internal sealed record FileReport(
    string Path, long Size, string Sha256, string DetectedMime, string? Code, string? Reason, string? Sentence, IReadOnlyList<string> Flags)
{
    public bool Accepted => Code is null;
}
