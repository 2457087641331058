using Gatehouse.Actors;

namespace Gatehouse.Storage.Postgres;

/// <summary>What a save's statement consists of: saves of one shape share one prepared statement.</summary>
internal readonly record struct SaveShape(SaveHead Head, int Added, int Files, int Moved, int MovedWithFile, int Dropped)
{
    public static SaveShape Of(ActorSave save, FoldedRecords records) => new(
        (save.Wake.Forget, save.ExpectedVersion == 0) switch
        {
            (false, true) => SaveHead.Insert,
            (false, false) => SaveHead.Update,
            (true, true) => SaveHead.Nothing,
            (true, false) => SaveHead.Forget,
        },
        records.Added.Count,
        records.Files.Count,
        records.Moved.Count,
        records.MovedWithFile.Count(),
        records.Dropped.Count);
}

/// <summary>What becomes of the actor's own row.</summary>
internal enum SaveHead
{
    Insert,
    Update,
    Forget,

    /// <summary>There was no row, and there shall be none.</summary>
    Nothing,
}
