using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Why the configuration's sources could not be read, in one sentence; never with a secret in it.</summary>
public sealed class UnreadableConfigurationException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <param name="file">.NET's reader names the file; what it found there is inside, and quotes a value that is no JSON, which may be a secret.</param>
    internal static UnreadableConfigurationException Of(InvalidDataException file) => new($"{file.Message.TrimEnd('.')}: {Reason(file)} Put the file right.", file);

    private static string Reason(InvalidDataException file) => file.InnerException switch
    {
        FormatException { InnerException: JsonException json } => string.Create(
            CultureInfo.InvariantCulture, $"it is not JSON from line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1} on."),
        FormatException other => other.Message,
        _ => "it cannot be read.",
    };
}
