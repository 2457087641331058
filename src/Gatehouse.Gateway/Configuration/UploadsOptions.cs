namespace Gatehouse.Gateway.Configuration;

/// <summary>How long finished uploads can be looked up.</summary>
public sealed record UploadsOptions
{
    public int KeepDays { get; init; } = (int)Keys.KeepDays.Default;

    internal static UploadsOptions Read(KeyReader reader) => new() { KeepDays = (int)reader.Number(Keys.KeepDays) };
}
