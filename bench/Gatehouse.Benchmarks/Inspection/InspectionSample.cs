namespace Gatehouse.Benchmarks.Inspection;

/// <summary>A file to measure with.</summary>
public sealed record InspectionSample(string Name, byte[] Bytes)
{
    public override string ToString() => Name;
}
