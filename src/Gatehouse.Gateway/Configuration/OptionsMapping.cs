using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The limits in the words of the room that inspects.</summary>
public static class OptionsMapping
{
    public static InspectionPolicy ToInspectionPolicy(this LimitsOptions limits) => new()
    {
        AllowedTypes = limits.AllowedTypes,
        MaxPixels = limits.MaxPixels,
    };
}
