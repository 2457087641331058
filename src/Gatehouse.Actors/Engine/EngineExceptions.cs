namespace Gatehouse.Actors;

/// <summary>Too many commands of one key wait already. Nothing was done; ask again later.</summary>
public sealed class MailboxFullException(string message) : Exception(message);

/// <summary>The store failed again and again. The command may have been applied: repeat it with the same id.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>What a store behind a network answered, as its status and its own code; null: nothing.</summary>
    public string? Answered { get; init; }
}
