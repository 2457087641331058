namespace Gatehouse.Storage.Sqlite;

/// <summary>The uploads of this database were moved to PostgreSQL and go on there; serving from here too would send them twice. The message is fit to be shown.</summary>
public sealed class StateMovedException(string path) : Exception(
    $"The uploads of {path} were moved to PostgreSQL: set State:Store to postgres and State:ConnectionString, or Data:Directory to another folder.");
