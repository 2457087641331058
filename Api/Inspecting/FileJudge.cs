using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Gatehouse.Inspection;

namespace Gatehouse.Api.Inspecting;

/// <summary>Reads a file once, as an upload would be read: hashed and inspected in the same pass, in pieces of 64 KB.</summary>
internal sealed class FileJudge(Inspector inspector, long maxFileBytes)
{
    private const int PieceBytes = 64 * 1024;

    public bool TryJudge(string path, [NotNullWhen(true)] out FileReport? report, [NotNullWhen(false)] out string? trouble, CancellationToken cancellationToken)
    {
        try
        {
            (report, trouble) = (Judge(path, cancellationToken), null);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (report, trouble) = (null, "it cannot be read: " + e.Message);
            return false;
        }
    }

    private FileReport Judge(string path, CancellationToken cancellationToken)
    {
        using var inspection = inspector.Begin(Path.GetFileName(path));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Pipes and devices say that they are empty; opening one could wait for ever.
        using var file = new FileInfo(path).Length == 0 ? DiskFile.Empty : DiskFile.Open(path);
        var (refused, size) = Read(file, inspection, hash, cancellationToken);
        var verdict = refused ?? inspection.Complete(file, cancellationToken);
        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (size > maxFileBytes)
        {
            var sentence = string.Create(CultureInfo.InvariantCulture, $"File size exceeds the limit of {maxFileBytes} bytes.");
            return new(path, size, sha256, verdict.DetectedMime, "file-too-large", Reason: null, sentence, []);
        }

        return verdict switch
        {
            Verdict.Accept accept => new(path, size, sha256, accept.Mime, Code: null, Reason: null, Sentence: null, accept.Flags),
            Verdict.Refuse refuse => new(path, size, sha256, refuse.Mime, refuse.Code.ToContractCode(), refuse.Reason, refuse.Sentence, []),
            _ => throw new InvalidOperationException("A verdict is an acceptance or a refusal."),
        };
    }

    private static (Verdict.Refuse? Refused, long Size) Read(DiskFile file, FileInspection inspection, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            Verdict.Refuse? refused = null;
            long size = 0;
            while (file.ReadAt(size, buffer.AsSpan(0, PieceBytes)) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                refused ??= inspection.Write(buffer.AsSpan(0, read));
                size += read;
            }

            return (refused, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
