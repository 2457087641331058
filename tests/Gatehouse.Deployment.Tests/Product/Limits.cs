using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Deployment.Tests.Product;

/// <summary>Times and sizes of the product that deployments must leave room for.</summary>
internal static class Limits
{
    /// <summary>What the host has beyond <c>ShutdownSeconds</c>, for the last answers and for claims to be handed back.</summary>
    private const int HandBackSeconds = 10;

    public static long StopSeconds => Keys.ShutdownSeconds.Default + HandBackSeconds;

    public static long LongestWaitSeconds => Keys.WaitSeconds.Max;

    public static long MaxFileBytes => Keys.MaxFileBytes.Default;
}
