namespace Gatehouse.Actors;

/// <summary>What <see cref="UploadMoved"/> makes of a row, for stores that hold rows as objects.</summary>
public static class UploadMove
{
    public static UploadRow Apply(this UploadMoved move, UploadRow row) => row with
    {
        Status = move.Status,
        Attempts = move.Attempts,
        GenesysContactId = move.GenesysContactId ?? row.GenesysContactId,
        Result = move.Result ?? row.Result,
        Error = move.Error ?? row.Error,
        DeliveredAt = move.Status == UploadStatus.Delivered ? move.At : row.DeliveredAt,
    };

    /// <summary>The move that brought an ended upload to where its row shows it.</summary>
    public static UploadMoved Last(UploadRow row) => new(row.Id, row.Status, row.Attempts, row.DeliveredAt ?? row.CreatedAt, row.GenesysContactId, row.Result, row.Error);
}
