using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Storage.Postgres;

namespace Gatehouse.Storage.Moving;

/// <summary>
/// Moves all that a data folder's SQLite database holds into an empty PostgreSQL database: actors, uploads' rows, files. It may be ended at any moment and begun again: each portion is one transaction
/// with the place where the next one begins. Only when both sides were compared is the target let go and the folder marked as moved.
/// </summary>
public sealed class StateMove
{
    private readonly MoveSource _source;
    private readonly MoveTarget _target;
    private readonly IBlobStore _disk;
    private readonly Action<string> _tell;
    private readonly int _portion;

    private StateMove(MoveSource source, MoveTarget target, IBlobStore disk, Action<string> tell, int portion)
    {
        (_source, _target, _disk, _tell, _portion) = (source, target, disk, tell, portion);
    }

    /// <param name="dataFolder"><c>Data:Directory</c>; its lock is held meanwhile.</param>
    /// <param name="blobsToo">Files above 256 KB go into the database as well; else they stay in the folder, which every node must see.</param>
    /// <param name="tell">Told of what is done, in sentences.</param>
    /// <exception cref="MoveRefusedException">It cannot begin, or the two sides differ at its end.</exception>
    /// <exception cref="DataFolderException">The folder is in use.</exception>
    /// <exception cref="DatabaseUnusableException">The database cannot be reached or used.</exception>
    public static Task RunAsync(string dataFolder, string connectionString, bool blobsToo, TimeProvider time, Action<string> tell, CancellationToken cancellationToken) =>
        RunAsync(dataFolder, connectionString, blobsToo, time, tell, portion: 500, cancellationToken);

    internal static async Task RunAsync(string dataFolder, string connectionString, bool blobsToo, TimeProvider time, Action<string> tell, int portion, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(dataFolder)) throw new MoveRefusedException($"Data:Directory '{dataFolder}' does not exist: there is nothing to move.");
        using var folder = DataFolder.Open(dataFolder);
        if (!File.Exists(folder.DatabasePath)) throw new MoveRefusedException($"'{folder.DatabasePath}' does not exist: there is nothing to move.");
        using var source = new MoveSource(folder.DatabasePath, time);
        using var database = PostgresDatabase.OpenForMove(connectionString);
        var spool = new Spool(folder.SpoolPath);
        using var disk = new DiskBlobStore(folder.BlobsPath, spool);
        await new StateMove(source, new MoveTarget(database, blobsToo ? new PostgresBlobStore(database, spool, time) : null), disk, tell, portion).RunAsync(cancellationToken);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var mark = _target.Begin(_source.Id);
        if (mark.Step != MoveStep.Finished)
        {
            if (mark is not { Step: MoveStep.Actors, Position: ["", ""] }) _tell("Going on where the last run ended.");
            if (mark.Step == MoveStep.Actors) mark = await ActorsAsync(mark, cancellationToken);
            if (mark.Step == MoveStep.Uploads) mark = await UploadsAsync(mark, cancellationToken);
            mark = await FilesAsync(mark, cancellationToken);
            await new MoveComparison(_source, _target, _disk, _portion).RunAsync(_tell, cancellationToken);
            await _target.FinishAsync(mark with { Step = MoveStep.Finished }, _source.VersionFloor, cancellationToken);
        }
        _source.MarkMoved();
        _tell("Moved. The folder is marked, so that no process serves from it any more.");
    }

    private async Task<MoveMark> ActorsAsync(MoveMark mark, CancellationToken cancellationToken)
    {
        for (long moved = 0; ;)
        {
            var actors = _source.Actors(mark.Position[0], mark.Position[1], _portion);
            mark = actors.Count == 0 ? mark with { Step = MoveStep.Uploads, Position = ["0"] } : mark with { Position = [actors[^1].Key.Kind, actors[^1].Key.Key] };
            await _target.WriteAsync(actors, mark, cancellationToken);
            moved += actors.Count;
            Tell("actors", moved, actors.Count == 0);
            if (actors.Count == 0) return mark;
        }
    }

    private async Task<MoveMark> UploadsAsync(MoveMark mark, CancellationToken cancellationToken)
    {
        for (long moved = 0; ;)
        {
            var uploads = _source.Uploads(PlaceOf(mark), _portion);
            mark = uploads.Count == 0 ? mark with { Step = MoveStep.Files, Position = ["0"] } : At(mark, uploads);
            await _target.WriteAsync(uploads, mark, cancellationToken);
            moved += uploads.Count;
            Tell("uploads", moved, uploads.Count == 0);
            if (uploads.Count == 0) return mark;
        }
    }

    /// <summary>A few at a time: each may bring 256 KB along. A blob goes before the row that tells of it, and again after a crash between the two.</summary>
    private async Task<MoveMark> FilesAsync(MoveMark mark, CancellationToken cancellationToken)
    {
        const int few = 16;
        for (long moved = 0; ;)
        {
            var uploads = _source.WithFiles(PlaceOf(mark), Math.Min(few, _portion));
            if (uploads.Count == 0)
            {
                Tell("files", moved, last: true);
                return mark;
            }
            var files = new List<(MovedUpload, FileBytes?)>();
            try
            {
                foreach (var upload in uploads) files.Add((upload, await FileAsync(upload, cancellationToken)));
                mark = At(mark, uploads);
                await _target.WriteAsync(files, mark, cancellationToken);
            }
            finally
            {
                foreach (var (_, bytes) in files) bytes?.Dispose();
            }
            moved += uploads.Count;
            Tell("files", moved, last: false);
        }
    }

    /// <summary>Null: the file is no small one.</summary>
    private async ValueTask<FileBytes?> FileAsync(MovedUpload upload, CancellationToken cancellationToken)
    {
        if (await _source.SmallFileAsync(upload.Row.Id, cancellationToken) is { } small) return small;
        using var blob = await _disk.OpenAsync(upload.Row.Id, cancellationToken);
        if (blob is null) _tell($"The bytes of upload {upload.Row.Id} are gone from the folder.");
        else if (_target.TakesBlobs) await _target.PutBlobAsync(upload.Row.Id, blob, cancellationToken);
        return null;
    }

    private void Tell(string what, long moved, bool last)
    {
        const int every = 10_000;
        if (last || moved / every != (moved - _portion) / every) _tell(string.Create(CultureInfo.InvariantCulture, $"{moved:N0} {what}{(last ? "." : " …")}"));
    }

    private static long PlaceOf(MoveMark mark) => long.Parse(mark.Position[0], CultureInfo.InvariantCulture);

    private static MoveMark At(MoveMark mark, List<MovedUpload> uploads) => mark with { Position = [uploads[^1].Place.ToString(CultureInfo.InvariantCulture)] };
}
