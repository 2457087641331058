using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Storage.Azure;

/// <summary>The account's own key: it may do everything, and signs links that live as long as they like.</summary>
internal sealed class AccountKeyCredential(string account, byte[] key) : IAzureCredential
{
    public ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {account}:{Sign(key, SharedKeyText.Of(request, account))}");
        return ValueTask.CompletedTask;
    }

    public ValueTask<string> SignAsync(SignedLink link, CancellationToken cancellationToken) => new(link.Query(Sign(key, link.ServiceText()), key: null));

    public static string Sign(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
