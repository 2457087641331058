using Gatehouse.Actors;
using Gatehouse.Gateway.Problems;
using Gatehouse.Inspection;
using Gatehouse.Inspection.Names;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 4: what is it really, is it whole, does it hide anything, is it inside the limits? The validator saw every byte while it was received; now it has the whole. Only what it accepts goes to the scanner, where
/// there is one: a picture of too many pixels would hold it for half a minute.
/// </summary>
public sealed class Inspect(Inspector inspector, FileScan? scan = null) : IUploadStep
{
    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        upload.Verdict = upload.InspectionTime!.Complete(upload.Inspection!, new Content(upload.File!), upload.DeclaredMime);
        if (upload.Verdict is Verdict.Refuse refused) return Problem.Of(refused, inspector.Policy.AllowedTypes);
        if (scan is not null && await scan.RunAsync(upload, cancellationToken) is { } problem) return problem;
        upload.Filename = FileNames.Clean(upload.OriginalFilename!, upload.Verdict.DetectedMime);
        return null;
    }

    private sealed class Content(FileBytes file) : IFileContent
    {
        public long Length => file.Length;

        public int ReadAt(long offset, Span<byte> into) => file.ReadAt(offset, into);
    }
}
