using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;
using Npgsql;

namespace Gatehouse.Storage.Tests.Postgres;

public sealed class PostgresSchemaTests : IDisposable
{
    private readonly Lazy<TestDatabase> _database = new(() => new TestDatabase());

    private TestDatabase Database => _database.Value;

    [PostgresFact]
    public async Task Nodes_that_start_together_make_the_schema_once()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresDatabase.Open(Database.ConnectionString))));
        foreach (var node in started) node.Dispose();
        Assert.Equal($"{Schema.Current}", Database.Ask<string>("SELECT value FROM gatehouse.meta WHERE name = 'schema_version'"));
        Assert.Equal(256, Database.Ask<long>("SELECT count(*) FROM gatehouse.version_floors"));
    }

    [PostgresFact]
    public async Task A_schema_that_a_newer_release_has_added_to_is_still_this_releases_own()
    {
        PostgresDatabase.Open(Database.ConnectionString).Dispose();
        Bring(Plus(new Schema.Step(Floor: 1, "ALTER TABLE gatehouse.actors ADD later text")));
        using var older = PostgresDatabase.Open(Database.ConnectionString);
        Assert.True((await new PostgresStore(older).SaveAsync(Saves.Of("a", 0), CancellationToken.None)).Saved);
        Assert.Equal($"{Schema.Current + 1}", Database.Ask<string>("SELECT value FROM gatehouse.meta WHERE name = 'schema_version'"));
    }

    [PostgresFact]
    public void A_database_that_no_longer_lets_this_release_in_is_left_alone_with_a_clear_error()
    {
        Bring(Plus(new Schema.Step(Floor: Schema.Current + 1, "ALTER TABLE gatehouse.actors DROP waiting")));
        var error = Assert.Throws<NewerSchemaException>(() => PostgresDatabase.Open(Database.ConnectionString));
        Assert.Contains($"schema {Schema.Current + 1}", error.Message, StringComparison.Ordinal);
        Assert.Contains("State:ConnectionString", error.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void A_step_that_fails_leaves_nothing_of_itself_behind()
    {
        PostgresDatabase.Open(Database.ConnectionString).Dispose();
        Assert.Throws<PostgresException>(() => Bring(Plus(new Schema.Step(Floor: 1, "CREATE TABLE gatehouse.half (a int); SELECT 1 / 0"))));
        Assert.Equal(0, Database.Ask<long>("SELECT count(*) FROM pg_tables WHERE tablename = 'half'"));
        PostgresDatabase.Open(Database.ConnectionString).Dispose();
    }

    [PostgresFact]
    public void A_database_of_another_encoding_is_refused_with_a_sentence()
    {
        TestDatabase.Server.Execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
        Refused(TestDatabase.Server.ConnectionString("latin"), "LATIN1", "UTF8");
    }

    [PostgresFact]
    public void A_database_that_cannot_be_used_is_refused_with_a_sentence_that_keeps_the_password()
    {
        Refused(TestDatabase.Server.ConnectionString("nowhere"), "nowhere", "does not exist");
        Refused(TestDatabase.Server.ConnectionString("postgres") + ";Password=hush", "password authentication failed");
        Refused("Host=127.0.0.1;Port=1;Database=gatehouse;Username=x;Password=hush", "127.0.0.1", "refused");
        Database.Execute("CREATE ROLE guest LOGIN PASSWORD 'hush'");
        Refused(Database.ConnectionString + ";Username=guest;Password=hush", "permission denied");
    }

    [PostgresFact]
    public void A_server_that_does_not_wait_for_its_disk_is_warned_of()
    {
        using (var sound = PostgresDatabase.Open(Database.ConnectionString)) Assert.Empty(sound.Warnings);
        Database.Execute($"ALTER DATABASE {Database.Name} SET synchronous_commit = off");
        using var warned = PostgresDatabase.Open(Database.ConnectionString);
        Assert.Contains("synchronous_commit", Assert.Single(warned.Warnings), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_database.IsValueCreated) _database.Value.Dispose();
    }

    private static List<Schema.Step> Plus(Schema.Step step) => [.. Schema.Steps, step];

    private void Bring(IReadOnlyList<Schema.Step> steps)
    {
        using var connection = new NpgsqlConnection(Database.ConnectionString);
        connection.Open();
        Schema.Bring(connection, steps);
    }

    private static void Refused(string connectionString, params string[] says)
    {
        var error = Assert.Throws<DatabaseUnusableException>(() => PostgresDatabase.Open(connectionString));
        Assert.StartsWith("State:ConnectionString", error.Message, StringComparison.Ordinal);
        Assert.All(says, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
    }
}
