namespace Gatehouse.Storage;

/// <summary>The object store cannot be used as it is configured; the message is one sentence for the operator, without a secret.</summary>
public sealed class BlobStoreUnusableException(string message, Exception? cause = null) : Exception(message, cause);
