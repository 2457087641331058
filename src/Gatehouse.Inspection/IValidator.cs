namespace Gatehouse.Inspection;

/// <summary>
/// Walks one file of one type, first byte to last, in bounded memory. Fed in pieces of any size, in order; says no as soon as it knows.
/// Only a validator that walked a file to its end accepts it.
/// </summary>
public interface IValidator : IDisposable
{
    /// <summary>The next bytes. A refusal is final; null: so far so good.</summary>
    Verdict.Refuse? Write(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// The file has ended. <paramref name="file"/> reads it again at any offset, for formats whose structure hangs on their end (PDF). Returns
    /// <see cref="Verdict.Accept"/> or a refusal.
    /// </summary>
    Verdict Complete(IFileContent file, CancellationToken cancellationToken);
}

/// <summary>A whole file, readable at any offset.</summary>
public interface IFileContent
{
    long Length { get; }

    /// <summary>Returns how many bytes were read; 0 at the end.</summary>
    int ReadAt(long offset, Span<byte> into);
}

/// <summary>Makes the validators of one type.</summary>
/// <param name="Mime">The bare type that it accepts as.</param>
/// <param name="Matches">Whether a file that starts so is this validator's to judge. Gets up to <see cref="Inspector.PrefixLength"/> first bytes.</param>
public sealed record ValidatorEntry(string Mime, Matcher Matches, Func<InspectionPolicy, IValidator> Create)
{
    /// <summary>Every byte of such a file is searched for second formats, also where its validator finds nothing to judge: in pixels, tables and tails.</summary>
    public bool IsSearchedWhole { get; init; }
}

/// <summary>Whether a prefix of a file is of a type.</summary>
public delegate bool Matcher(ReadOnlySpan<byte> prefix);
