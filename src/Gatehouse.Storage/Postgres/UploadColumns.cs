using Gatehouse.Actors;
using Npgsql;

namespace Gatehouse.Storage.Postgres;

/// <summary>An <see cref="UploadRow"/> as columns, both ways.</summary>
internal static class UploadColumns
{
    public const string Names =
        "id, contact_id, conversation_id, genesys_contact_id, filename, original_filename, mime, charset, size, sha256, status, flags, route, sender_id, attempts, sequence, created_at, delivered_at, result, error, caller";

    public const int Count = 21;

    /// <summary>Flags are words of lower-case letters and hyphens.</summary>
    private const char BetweenFlags = ' ';

    public static Value[] Values(UploadRow row) =>
    [
        row.Id, row.ContactId, row.ConversationId, row.GenesysContactId, row.Filename, row.OriginalFilename,
        row.Mime, row.Charset, row.Size, (ReadOnlyMemory<byte>)Convert.FromHexString(row.Sha256), (short)row.Status,
        row.Flags.Count == 0 ? "" : string.Join(BetweenFlags, row.Flags), row.Route, row.SenderId, row.Attempts,
        row.Sequence, row.CreatedAt, row.DeliveredAt, row.Result, row.Error, row.Caller,
    ];

    public static UploadRow Read(NpgsqlDataReader row) => new()
    {
        Id = Value.ToId(row.GetGuid(0)),
        ContactId = row.GetString(1),
        ConversationId = MaybeText(row, 2),
        GenesysContactId = MaybeText(row, 3),
        Filename = row.GetString(4),
        OriginalFilename = row.GetString(5),
        Mime = row.GetString(6),
        Charset = MaybeText(row, 7),
        Size = row.GetInt64(8),
        Sha256 = Convert.ToHexStringLower(row.GetFieldValue<byte[]>(9)),
        Status = (UploadStatus)row.GetInt16(10),
        Flags = row.GetString(11).Split(BetweenFlags, StringSplitOptions.RemoveEmptyEntries),
        Route = row.GetString(12),
        SenderId = MaybeText(row, 13),
        Attempts = row.GetInt32(14),
        Sequence = row.GetInt64(15),
        CreatedAt = StoreTime.FromMicroseconds(row.GetInt64(16)),
        DeliveredAt = row.MaybeTime(17),
        Result = MaybeText(row, 18),
        Error = MaybeText(row, 19),
        Caller = MaybeText(row, 20),
    };

    private static string? MaybeText(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
