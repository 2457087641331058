using System.Text;
using Gatehouse.Gateway.Fields;

namespace Gatehouse.Gateway.Http;

/// <summary>How the bytes of a header become text. Gatehouse's own headers are read whatever their bytes, so that its problem says what is wrong with them; the server answers others that are no UTF-8 with a bare 400.</summary>
internal static class HeaderEncoding
{
    /// <summary>Null: the server's own, UTF-8 and nothing else.</summary>
    public static Encoding? Of(string name) => IsOurs(name) ? Encoding.UTF8 : null;

    private static bool IsOurs(string name) =>
        name.Equals(ContactChoice.Header, StringComparison.OrdinalIgnoreCase) || name.Equals(IdempotencyKey.Header, StringComparison.OrdinalIgnoreCase)
        || name.Equals(WaitPreference.Header, StringComparison.OrdinalIgnoreCase) || name.Equals(GuestToken.Header, StringComparison.OrdinalIgnoreCase);
}
