using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Simulator;

/// <summary>A GUID that the same names always give: what is worked out need not be kept.</summary>
internal static class StableId
{
    public static string Of(params ReadOnlySpan<string> names)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names!)));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }
}
