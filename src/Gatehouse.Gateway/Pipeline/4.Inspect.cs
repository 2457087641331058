using Gatehouse.Actors;
using Gatehouse.Gateway.Problems;
using Gatehouse.Inspection;
using Gatehouse.Inspection.Names;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Step 4: what is it really, is it whole, does it hide anything, is it inside the limits? The validator saw every byte while it was received; now it has the whole.</summary>
public sealed class Inspect(Inspector inspector, TimeProvider time) : IUploadStep
{
    /// <summary>A verdict takes milliseconds; a file that holds a validator longer is made to.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Deadline, time);
        try
        {
            upload.Verdict = upload.Inspection!.Complete(new Content(upload.File!), limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            upload.Verdict = new Verdict.Refuse(
                RefusalCode.ContentUnsafe, Reasons.TooManyEntries, upload.DeclaredMime ?? "application/octet-stream", upload.Size, "The file takes too long to check. Export it again, simpler, and send that.");
        }
        if (upload.Verdict is Verdict.Accept accepted)
        {
            upload.Filename = FileNames.Clean(upload.OriginalFilename!, accepted.Mime);
            return ValueTask.FromResult<Answer?>(null);
        }
        return ValueTask.FromResult<Answer?>(Problem.Of((Verdict.Refuse)upload.Verdict, inspector.Policy.AllowedTypes));
    }

    private sealed class Content(FileBytes file) : IFileContent
    {
        public long Length => file.Length;

        public int ReadAt(long offset, Span<byte> into) => file.ReadAt(offset, into);
    }
}
