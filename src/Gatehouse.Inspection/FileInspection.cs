using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection;

/// <summary>
/// One file's inspection: pushed its bytes while they are received, asked for the verdict once they have ended. Chooses the validator as soon as the
/// first bytes allow; holds back at most <see cref="Inspector.PrefixLength"/> bytes, and only while undecided. Not safe from several threads.
/// </summary>
public sealed class FileInspection : IDisposable
{
    private readonly InspectionPolicy _policy;
    private readonly string? _filename;
    private readonly PooledBytes _held = new();
    private IValidator? _validator;
    private StreamedSearch? _search;
    private Verdict.Refuse? _found;
    private Verdict.Refuse? _refusal;

    internal FileInspection(InspectionPolicy policy, string? filename)
    {
        _policy = policy;
        _filename = filename;
    }

    /// <summary>The next bytes. A refusal is final, and every later call repeats it; null: so far so good.</summary>
    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        if (_refusal is not null || bytes.IsEmpty)
            return _refusal;
        if (_validator is not null)
            return _refusal = Validate(bytes);
        return _held.Length == 0 ? WriteFirst(bytes) : WriteUndecided(bytes);
    }

    /// <summary>The file has ended; <paramref name="file"/> is all of it.</summary>
    public Verdict Complete(IFileContent file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (_refusal is null && _validator is null)
        {
            if (_held.Length == 0)
                return _refusal = Refusals.Because(Reasons.Empty, "application/x-empty", 0, "The file is empty. Choose the file again and send it once more.");
            Decide(_held.Bytes, isAll: true);
            _refusal ??= Validate(_held.Bytes);
            _held.Dispose();
        }

        if (_refusal is not null)
            return _refusal;
        var verdict = _validator!.Complete(file, cancellationToken);
        if (verdict is Verdict.Accept accepted)
            verdict = WholeFileSecondFormat.Find(file, accepted.Mime) ?? _found ?? _search?.Finish() ?? Named(accepted);
        _refusal = verdict as Verdict.Refuse;
        return verdict;
    }

    public void Dispose()
    {
        _validator?.Dispose();
        _search?.Dispose();
        _held.Dispose();
    }

    /// <summary>What the search finds counts when the validator has nothing against the whole file, so that the answer does not hang on how the file was cut.</summary>
    private Verdict.Refuse? Validate(ReadOnlySpan<byte> bytes)
    {
        if (_validator!.Write(bytes) is { } refusal)
            return refusal;
        _found ??= _search?.Write(bytes);
        return null;
    }

    /// <summary>The usual case: one piece is enough to decide, and nothing is copied.</summary>
    private Verdict.Refuse? WriteFirst(ReadOnlySpan<byte> bytes)
    {
        if (Decide(bytes, isAll: false))
            return _refusal ??= Validate(bytes);
        _held.Add(bytes);
        return null;
    }

    private Verdict.Refuse? WriteUndecided(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, Inspector.PrefixLength - _held.Length);
        _held.Add(bytes[..taken]);
        if (!Decide(_held.Bytes, isAll: false))
            return null;
        _refusal ??= Validate(_held.Bytes);
        _held.Dispose();
        if (taken < bytes.Length)
            _refusal ??= Validate(bytes[taken..]);
        return _refusal;
    }

    private bool Decide(ReadOnlySpan<byte> prefix, bool isAll)
    {
        var (entry, refusal) = TypeDecision.Decide(prefix, isAll, _policy);
        _refusal = refusal;
        _validator = entry?.Create(_policy);
        if (entry is { IsSearchedWhole: true })
        {
            _search = new StreamedSearch(entry.Mime);
            _search.Start(0, withScripts: false);
        }

        return entry is not null || refusal is not null;
    }

    private Verdict Named(Verdict.Accept accepted)
    {
        if (!KnownTypes.ExtensionDisagrees(_filename, accepted.Mime))
            return accepted;
        if (_policy.FlagOnly.Contains(Reasons.ExtensionMismatch, StringComparer.Ordinal))
            return accepted with { Flags = [.. accepted.Flags, Reasons.ExtensionMismatch] };
        var sentence = $"The file's name does not fit its content, which is {KnownTypes.NameOf(accepted.Mime)}. Give it the right extension and send it again.";
        return Refusals.Because(Reasons.ExtensionMismatch, accepted.Mime, 0, sentence);
    }
}
