using System.Buffers.Binary;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite;

/// <summary>An <see cref="UploadRow"/> as columns, both ways.</summary>
internal static class UploadColumns
{
    public const string Names =
        "id, contact_id, conversation_id, genesys_contact_id, filename, original_filename, mime, charset, size, sha256, status, flags, route, sender_id, attempts, sequence, created_at, delivered_at, result, error, caller";

    /// <summary>Flags are words of lower-case letters and hyphens.</summary>
    private const char BetweenFlags = ' ';

    public static void Bind(Statement statement, UploadRow row)
    {
        Span<byte> id = stackalloc byte[16];
        SmallFileStatements.WriteId(row.Id, id);
        Span<byte> sha256 = stackalloc byte[32];
        Convert.FromHexString(row.Sha256, sha256, out _, out _);
        statement.Bind(1, id).Bind(2, row.ContactId).Bind(3, row.ConversationId).Bind(4, row.GenesysContactId).Bind(5, row.Filename).Bind(6, row.OriginalFilename)
            .Bind(7, row.Mime).Bind(8, row.Charset).Bind(9, row.Size).Bind(10, sha256).Bind(11, (long)row.Status)
            .Bind(12, row.Flags.Count == 0 ? "" : string.Join(BetweenFlags, row.Flags)).Bind(13, row.Route).Bind(14, row.SenderId).Bind(15, row.Attempts)
            .Bind(16, row.Sequence).Bind(17, row.CreatedAt.ToMicroseconds()).Bind(18, row.DeliveredAt?.ToMicroseconds()).Bind(19, row.Result).Bind(20, row.Error)
            .Bind(21, row.Caller);
    }

    public static UploadRow Read(Statement row) => new()
    {
        Id = Id(row, 0),
        ContactId = row.Text(1),
        ConversationId = row.MaybeText(2),
        GenesysContactId = row.MaybeText(3),
        Filename = row.Text(4),
        OriginalFilename = row.Text(5),
        Mime = row.Text(6),
        Charset = row.MaybeText(7),
        Size = row.Number(8),
        Sha256 = Convert.ToHexStringLower(row.Bytes(9)),
        Status = (UploadStatus)row.Number(10),
        Flags = row.Text(11).Split(BetweenFlags, StringSplitOptions.RemoveEmptyEntries),
        Route = row.Text(12),
        SenderId = row.MaybeText(13),
        Attempts = (int)row.Number(14),
        Sequence = row.Number(15),
        CreatedAt = StoreTime.FromMicroseconds(row.Number(16)),
        DeliveredAt = row.MaybeNumber(17) is { } at ? StoreTime.FromMicroseconds(at) : null,
        Result = row.MaybeText(18),
        Error = row.MaybeText(19),
        Caller = row.MaybeText(20),
    };

    public static UploadId Id(Statement row, int column) => new(BinaryPrimitives.ReadUInt128BigEndian(row.Bytes(column)));
}
