using Gatehouse.Storage.S3;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The section <c>Blobs:S3</c>.</summary>
internal static class S3Settings
{
    public static S3Options Read(KeyReader reader)
    {
        var options = new S3Options
        {
            Endpoint = reader.BareAddress(Keys.S3Endpoint),
            Region = reader.Text(Keys.S3Region),
            Bucket = reader.Text(Keys.S3Bucket),
            Prefix = reader.Text(Keys.S3Prefix),
            PathStyle = reader.Choice(Keys.S3PathStyle) is "true",
            AccessKeyId = reader.Text(Keys.S3AccessKeyId),
            SecretAccessKey = reader.Text(Keys.S3SecretAccessKey),
            SessionToken = reader.Text(Keys.S3SessionToken),
        };
        if (options.Bucket.Length == 0) reader.Refuse(Keys.S3Bucket, $"it must name a bucket, as {Keys.BlobStore.Name} is {BlobsOptions.S3}");
        if (options.Region.Length == 0) reader.Refuse(Keys.S3Region, "it must name the bucket's region, such as eu-central-1; where the store has none, us-east-1 (Google Cloud Storage: auto)");
        if (options.AccessKeyId.Length > 0 != options.SecretAccessKey.Length > 0)
            reader.Refuse(Keys.S3SecretAccessKey, $"it and {Keys.S3AccessKeyId.Name} go together; with neither, the credentials of the environment are used");
        if (options.SessionToken.Length > 0 && options.AccessKeyId.Length == 0) reader.Refuse(Keys.S3SessionToken, $"it must come with {Keys.S3AccessKeyId.Name}");
        ObjectPrefix.Check(reader, Keys.S3Prefix, options.Prefix);
        return options;
    }
}
