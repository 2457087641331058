using Gatehouse.Storage.Azure;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The section <c>Blobs:Azure</c>.</summary>
internal static class AzureSettings
{
    public static AzureOptions Read(KeyReader reader)
    {
        var endpoint = reader.BareAddress(Keys.AzureEndpoint);
        var options = new AzureOptions
        {
            Endpoint = endpoint ?? new Uri("https://account.invalid"),
            Account = reader.Text(Keys.AzureAccount),
            Container = reader.Text(Keys.AzureContainer),
            Prefix = reader.Text(Keys.AzurePrefix),
            AccountKey = reader.Text(Keys.AzureAccountKey),
            TenantId = reader.Text(Keys.AzureTenantId),
            ClientId = reader.Text(Keys.AzureClientId),
            ClientSecret = reader.Text(Keys.AzureClientSecret),
            Login = reader.BareAddress(Keys.AzureLogin) ?? new Uri(Keys.AzureLogin.Default),
        };
        if (!reader.IsSet(Keys.AzureEndpoint)) reader.Refuse(Keys.AzureEndpoint, $"it must be the address of the account's blob service, as {Keys.BlobStore.Name} is {BlobsOptions.Azure}");
        if (options.Container.Length == 0) reader.Refuse(Keys.AzureContainer, $"it must name a container, as {Keys.BlobStore.Name} is {BlobsOptions.Azure}");
        ObjectPrefix.Check(reader, Keys.AzurePrefix, options.Prefix);
        Credentials(reader, options);
        return options;
    }

    private static void Credentials(KeyReader reader, AzureOptions options)
    {
        string[] application = [options.TenantId, options.ClientId, options.ClientSecret];
        var given = application.Count(part => part.Length > 0);
        if (options.UsesAccountKey && given > 0) reader.Refuse(Keys.AzureAccountKey, $"it must be empty where {Keys.AzureClientId.Name} is given, as one of the two is used");
        else if (options.UsesAccountKey && !Convert.TryFromBase64String(options.AccountKey, new byte[options.AccountKey.Length], out _)) reader.Refuse(Keys.AzureAccountKey, "it must be base64, as the portal shows it");
        else if (!options.UsesAccountKey && given < application.Length)
            reader.Refuse(Keys.AzureAccountKey, $"there must be it, or all of {Keys.AzureTenantId.Name}, {Keys.AzureClientId.Name} and {Keys.AzureClientSecret.Name}");
    }
}
