using System.Diagnostics;
using System.Security.Cryptography;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Gatehouse.Inspection;
using Gatehouse.Storage.Spooling;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Where the parts of an upload's form go: fields to the upload, file bytes past the size limit, the hash and the inspection into the spool. No byte is looked at twice by the same eye.</summary>
internal sealed class UploadSink(UploadInProgress upload, Knock knock, Spool spool, Inspector inspector, long maxFileBytes) : IFormSink, IDisposable
{
    private IncrementalHash? _hash;

    public Problem? Field(string name, string value) => upload.Fields.Set(name, value);

    public async ValueTask<Problem?> FileBeginAsync(FilePart part, CancellationToken cancellationToken)
    {
        upload.OriginalFilename = part.FileName;
        upload.DeclaredMime = part.DeclaredMime;
        if (upload.Fields.ResolveContact(upload.ContactId, out var contact) is { } bad) return bad;
        if (contact is not null)
        {
            upload.ContactId = contact;
            var began = Stopwatch.GetTimestamp();
            var refused = await knock.AtDoorAsync(upload, cancellationToken);
            upload.Clock.Add(Step.Knock, began);
            if (refused is not null) return refused;
        }
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        upload.File = spool.Begin();
        upload.Inspection = inspector.Begin(part.FileName);
        return null;
    }

    public Problem? FileBytes(ReadOnlySpan<byte> bytes)
    {
        upload.Size += bytes.Length;
        if (upload.Size > maxFileBytes) return Problem.TooLarge(maxFileBytes, "gatehouse");
        _hash!.AppendData(bytes);
        if (upload.Inspection!.Write(bytes) is { } refusal)
        {
            upload.Verdict = refusal;
            return Problem.Of(refusal, inspector.Policy.AllowedTypes);
        }
        upload.File!.Append(bytes);
        return null;
    }

    public Problem? FileEnd()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash!.GetHashAndReset(digest);
        upload.Sha256 = Convert.ToHexStringLower(digest);
        return null;
    }

    /// <summary>The form has ended: what is missing?</summary>
    public Problem? Finish()
    {
        if (upload.Fields.ResolveContact(upload.ContactId, out var contact) is { } bad) return bad;
        if (contact is null) return new Problem(ProblemCodes.ContactIdMissing) { Field = "contact_id" };
        upload.ContactId = contact;
        return null;
    }

    public void Dispose() => _hash?.Dispose();
}
