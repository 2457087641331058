namespace Gatehouse.Silo.Tests.Hosts;

/// <summary>Orleans' own scripts for its membership table: they come neither with its packages nor with this repository.</summary>
internal static class MembershipScripts
{
    /// <summary>Names a folder with Orleans' sources, or with these two files of them.</summary>
    private const string Variable = "ORLEANS_SOURCES";

    /// <summary>In the order in which they must run.</summary>
    private static readonly string[] Paths = ["src/AdoNet/Shared/PostgreSQL-Main.sql", "src/AdoNet/Orleans.Clustering.AdoNet/PostgreSQL-Clustering.sql"];

    /// <summary>Null: they are there.</summary>
    public static string? Missing => Paths.All(path => File.Exists(Of(path))) ? null : $"{Variable} names no folder with Orleans' sources, whose scripts make its membership table";

    public static void Run(TestDatabase database)
    {
        foreach (var path in Paths) database.Execute(File.ReadAllText(Of(path)));
    }

    private static string Of(string path) => Path.Combine(Environment.GetEnvironmentVariable(Variable) ?? "", path);
}

/// <summary>A test that needs PostgreSQL and Orleans' membership table in it; skipped, and counted as skipped, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MembershipFactAttribute : FactAttribute
{
    public MembershipFactAttribute() => Skip = PostgresPrograms.Missing ?? MembershipScripts.Missing;
}
