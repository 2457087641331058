namespace Gatehouse.Storage.Moving;

/// <summary>The move cannot begin or end as it should; nothing that was there is lost. The message is fit to be shown.</summary>
public sealed class MoveRefusedException(string message) : Exception(message);
