namespace Gatehouse.Gateway.Configuration;

/// <summary>Where actors' state and uploads' rows are kept.</summary>
public sealed record StateOptions
{
    public StateStore Store { get; init; }

    internal static StateOptions Read(KeyReader reader)
    {
        var store = reader.Choice(Keys.StateStore);
        if (reader.IsSet(Keys.ConnectionString))
            reader.Refuse(Keys.ConnectionString, $"it must be empty while {Keys.StateStore.Name} is {store}");
        return new() { Store = store is "memory" ? StateStore.Memory : StateStore.Sqlite };
    }
}

/// <summary><c>State:Store</c>.</summary>
public enum StateStore
{
    Sqlite,

    /// <summary>Forgets everything with the process.</summary>
    Memory,
}
