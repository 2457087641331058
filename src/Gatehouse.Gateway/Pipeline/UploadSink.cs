using System.Security.Cryptography;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Gatehouse.Inspection;
using Gatehouse.Inspection.Names;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Where the parts of an upload's form go: fields to the upload, file bytes past the hash and the inspection into the spool.</summary>
internal sealed class UploadSink(UploadInProgress upload, Knock knock, RouteChoice routes, Spool spool, Inspector inspector, TimeProvider time) : IFormSink, IDisposable
{
    private IncrementalHash? _hash;

    public Problem? Field(string name, string value)
    {
        if (!string.Equals(name, FormFields.ContactId, StringComparison.Ordinal)) return upload.Fields.Set(name, value);
        if (upload.Contact.WithField(value).Failed(out var problem, out var contact)) return problem;
        upload.Contact = contact;
        return null;
    }

    public async ValueTask<Problem?> FileBeginAsync(FilePart part, CancellationToken cancellationToken)
    {
        upload.OriginalFilename = part.Filename;
        upload.DeclaredMime = part.DeclaredMime;
        if (!FileNames.IsUsable(part.Filename)) return new Problem(ProblemCodes.FilenameInvalid) { Field = FormFields.File };
        if (routes.BeforeFile(upload) is { } cannot) return cannot;
        if (await knock.FromBodyAsync(upload, cancellationToken) is { } refused) return refused;

        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        upload.File = spool.Begin();
        upload.Inspection = inspector.Begin(part.Filename);
        upload.InspectionTime = new InspectionTime(time);
        return null;
    }

    public Problem? FileBytes(ReadOnlySpan<byte> bytes)
    {
        upload.Size += bytes.Length;
        if (RouteChoice.TooLarge(upload) is { } large) return large;
        _hash!.AppendData(bytes);
        // Before its inspection: where refused files are kept, what was refused is in it.
        upload.File!.Append(bytes);
        if (upload.InspectionTime!.Write(upload.Inspection!, bytes, upload.DeclaredMime, upload.Size) is { } refusal)
        {
            upload.Verdict = refusal;
            return Problem.Of(refusal, inspector.Policy.AllowedTypes);
        }
        return null;
    }

    public Problem? FileEnd()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash!.GetHashAndReset(digest);
        upload.Sha256 = Convert.ToHexStringLower(digest);
        return null;
    }

    public void Dispose() => _hash?.Dispose();
}
