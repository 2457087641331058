using Gatehouse.Actors.Contacts;
using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The options in the words of the rooms that carry them out.</summary>
public static class OptionsMapping
{
    public static InspectionPolicy ToInspectionPolicy(this LimitsOptions limits) => new()
    {
        AllowedTypes = limits.AllowedTypes,
        MaxPixels = limits.MaxPixels,
    };

    public static ContactRules ToContactRules(this GatehouseOptions options) => new()
    {
        MaxFiles = options.Quotas.MaxFiles,
        MaxBytes = options.Quotas.MaxBytes,
        Window = TimeSpan.FromHours(options.Quotas.WindowHours),
        MaxAttempts = options.Quotas.MaxAttempts,
        DedupeRetention = TimeSpan.FromHours(options.Dedupe.RetentionHours),
        MaxDeliveryAttempts = options.Delivery.MaxAttempts,
        GiveUpAfter = TimeSpan.FromHours(options.Delivery.GiveUpAfterHours),
    };
}
