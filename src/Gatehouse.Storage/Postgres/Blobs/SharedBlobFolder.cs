using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>
/// Nodes of one database that keep their files on disk must all see one folder, since any of them sends any file. The first puts a mark into it and into the database; a node whose folder does
/// not have that mark sees another one.
/// </summary>
public static class SharedBlobFolder
{
    public const string MarkName = ".gatehouse-blobs";

    /// <exception cref="SharedBlobFolderException">It is another folder; the message is fit to be shown.</exception>
    public static void Check(PostgresDatabase database, string folder)
    {
        PrivateFolder.Create(folder);
        var path = Path.Combine(folder, MarkName);
        var made = TryMake(path);
        var mark = File.ReadAllText(path).Trim();
        if (string.Equals(mark, Recorded(database.Source, mark), StringComparison.Ordinal)) return;
        if (made) File.Delete(path);
        throw new SharedBlobFolderException(
            $"Blobs:Store is disk, but '{folder}' is not the folder in which this database's other nodes keep their files: it lacks their {MarkName}. Mount their folder there, or set Blobs:Store to postgres. If it was moved, move that file too.");
    }

    /// <summary>The mark of whoever came first, which may be this.</summary>
    private static string Recorded(NpgsqlDataSource source, string mark)
    {
        using var command = source.CreateCommand(
            """
            WITH first AS (INSERT INTO gatehouse.meta (name, value) VALUES ('blob_folder', $1) ON CONFLICT (name) DO NOTHING RETURNING value)
            SELECT value FROM first UNION ALL SELECT value FROM gatehouse.meta WHERE name = 'blob_folder'
            """).With(mark);
        // Another node's insert that came between shows to the next statement only.
        return (string?)command.ExecuteScalar() ?? (string)command.ExecuteScalar()!;
    }

    private static bool TryMake(string path)
    {
        if (File.Exists(path)) return false;
        // Whole or not at all: a node that starts at the same time must not read half of it.
        var mark = UploadId.New().ToString();
        var written = $"{path}-{mark}";
        File.WriteAllText(written, mark);
        try
        {
            File.Move(written, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(written);
            return false;
        }
    }
}

/// <summary>This node's folder of files is not its fellows'; the message is one sentence for the operator.</summary>
public sealed class SharedBlobFolderException(string message) : Exception(message);
