using Microsoft.Extensions.Logging;

namespace Gatehouse.Genesys;

public sealed partial class TokenGate
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "A Genesys access token was issued; it lives for {Seconds} s")]
        public static partial void Issued(ILogger logger, double seconds);

        [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "{Why} Next try in {Seconds} s")]
        public static partial void CredentialsRefused(ILogger logger, string why, double seconds);

        [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "{Why} Next try in {Seconds} s")]
        public static partial void LoginUnavailable(ILogger logger, string why, double seconds);

        [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "Genesys asks for a pause of {Seconds} s (429)")]
        public static partial void Paused(ILogger logger, double seconds);

        [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "The token actor could not be asked; next try in {Seconds} s")]
        public static partial void ActorUnavailable(ILogger logger, Exception exception, double seconds);

        [LoggerMessage(EventId = 3006, Level = LogLevel.Warning, Message = "The stored token does not open with this client secret; a new one is asked for")]
        public static partial void NotOurs(ILogger logger);

        [LoggerMessage(EventId = 3007, Level = LogLevel.Warning, Message = "Genesys refused token version {Version} (401); a new one is asked for")]
        public static partial void TokenRefused(ILogger logger, long version);

        [LoggerMessage(EventId = 3008, Level = LogLevel.Warning, Message = "The other nodes could not be told of a pause of {Seconds} s")]
        public static partial void PauseNotTold(ILogger logger, Exception exception, double seconds);

        [LoggerMessage(EventId = 3010, Level = LogLevel.Information, Message = "The secret of the OAuth client {Client} was changed; it is used from now on")]
        public static partial void SecretChanged(ILogger logger, string client);

        [LoggerMessage(EventId = 3009, Level = LogLevel.Error, Message = "Unexpected fault in a token request")]
        public static partial void RefreshFault(ILogger logger, Exception exception);
    }
}
