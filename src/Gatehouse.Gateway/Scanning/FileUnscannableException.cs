namespace Gatehouse.Gateway.Scanning;

/// <summary>The file could not be read while it was sent to the scanner: this node's own disk, and nothing that the scanner could help.</summary>
public sealed class FileUnscannableException(string message, Exception? cause = null) : Exception(message, cause);
