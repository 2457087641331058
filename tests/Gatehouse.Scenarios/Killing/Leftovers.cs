using System.Globalization;
using Gatehouse.Scenarios.Harness;
using Microsoft.Data.Sqlite;

namespace Gatehouse.Scenarios.Killing;

/// <summary>What a killed gateway left on disk: which steps its uploads were in.</summary>
/// <param name="Spooled">Files being received.</param>
/// <param name="Blobs">Ids of the uploads whose bytes lie in the blob store.</param>
/// <param name="Status">Status of every upload that was admitted, by id.</param>
internal sealed record Leftovers(int Spooled, IReadOnlyList<string> Blobs, IReadOnlyDictionary<string, string> Status)
{
    private static readonly string[] Names = ["queued", "delivering", "delivered", "failed", "expired"];

    /// <summary>Reads a copy, so that the next start finds exactly what the kill left.</summary>
    public static async Task<Leftovers> ReadAsync(GatewayProcess gateway)
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(gateway.DataFolder, "gatehouse.db*"))
            File.Copy(file, copy.File(Path.GetFileName(file)));
        var status = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var db = new SqliteConnection($"Data Source={copy.File("gatehouse.db")};Pooling=False");
        await db.OpenAsync();
        await using var read = db.CreateCommand();
        read.CommandText = "SELECT lower(hex(id)), status FROM uploads";
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            status[rows.GetString(0)] = Names[int.Parse(rows.GetValue(1).ToString()!, CultureInfo.InvariantCulture)];
        return new(gateway.FilesIn("spool").Count, [.. gateway.FilesIn("blobs").Select(Path.GetFileNameWithoutExtension)!], status);
    }
}
