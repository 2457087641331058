namespace Gatehouse.Genesys;

/// <summary>What the login service made of a token request.</summary>
public abstract record TokenAnswer
{
    public sealed record Issued(string AccessToken, TimeSpan ExpiresIn) : TokenAnswer
    {
        // A record prints its members; a token is never printed.
        public override string ToString() => $"{nameof(Issued)} {{ ExpiresIn = {ExpiresIn} }}";
    }

    /// <summary>The client id or secret is wrong, or the client is switched off. Asking again does not help until somebody puts it right.</summary>
    public sealed record Refused(string Why) : TokenAnswer;

    /// <summary>429, 5xx, no answer, or an answer that is none. <paramref name="RetryAfter"/>: what it asked for, if anything.</summary>
    public sealed record Unavailable(TimeSpan? RetryAfter, string Why) : TokenAnswer;
}
