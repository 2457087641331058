using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Multipart;

/// <summary>Takes what a form holds, in its order. A problem that it returns stops the reading at once: nothing more is parsed.</summary>
public interface IFormSink
{
    /// <summary>A known field other than the file; each comes at most once.</summary>
    Problem? Field(string name, string value);

    /// <summary>The file begins; comes at most once.</summary>
    ValueTask<Problem?> FileBeginAsync(FilePart part, CancellationToken cancellationToken);

    /// <summary>The file's next bytes, valid during the call only. Never empty, and in all never more than <see cref="FormLimits.MaxFileBytes"/>.</summary>
    Problem? FileBytes(ReadOnlySpan<byte> bytes);

    /// <summary>The file's last byte was seen. A file of no bytes comes here too.</summary>
    Problem? FileEnd();
}

/// <summary>What a file's part says of it.</summary>
/// <param name="FieldName">Always <c>file</c>.</param>
/// <param name="Filename">As the client meant it, decoded, not yet made safe: it may hold path separators, quotes, any letter. Never empty, no control characters but TAB.</param>
/// <param name="DeclaredMime">The part's <c>Content-Type</c> without parameters, lower-cased; null when it has none.</param>
public sealed record FilePart(string FieldName, string Filename, string? DeclaredMime);
