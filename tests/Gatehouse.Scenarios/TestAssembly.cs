namespace Gatehouse.Testing.Postgres;

/// <summary>Where this suite's test cases are discovered.</summary>
internal static class TestAssembly
{
    public const string Name = "Gatehouse.Scenarios";
}
