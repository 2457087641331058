namespace Gatehouse.Inspection.Office;

/// <summary>One field's instruction as it comes, with what is deleted in it and without.</summary>
internal sealed class FieldCode : IDisposable
{
    /// <summary>The result of a field, or a character, that is not read; XML has no such character.</summary>
    public const char Unknown = '\u0001';

    /// <summary>Something that only some readers see.</summary>
    public const char Optional = '\u0002';

    /// <summary>The field's name comes first, and an address is shorter.</summary>
    private const int Longest = 8 * 1024;

    private readonly PooledChars _all = new();
    private readonly PooledChars _kept = new();

    /// <summary>Where the field began.</summary>
    public Surrounding Start { get; private set; }

    /// <summary>Its instruction has ended, and its result follows.</summary>
    public bool IsResult { get; set; }

    public ReadOnlySpan<char> Text => _all.Text;

    /// <summary>Without what is deleted, where <see cref="HasDeletion"/>.</summary>
    public ReadOnlySpan<char> Kept => _kept.Text;

    public bool HasDeletion { get; private set; }

    public static bool IsWhole(ReadOnlySpan<char> instruction) => instruction.Length < Longest && !instruction.Contains(Optional);

    public void Begin(Surrounding start)
    {
        _all.Clear();
        _kept.Clear();
        (Start, IsResult, HasDeletion) = (start, false, false);
    }

    public void Add(ReadOnlySpan<char> text, Surrounding here)
    {
        var isDeletion = here.IsDeleted && !Start.IsDeleted && here.Branch == Start.Branch;
        if (here != Start && !isDeletion)
            text = [Optional];
        if (isDeletion && !HasDeletion)
        {
            HasDeletion = true;
            _kept.Add(_all.Text);
        }

        Add(_all, text);
        if (HasDeletion && !isDeletion)
            Add(_kept, text);
    }

    public void Dispose()
    {
        _all.Dispose();
        _kept.Dispose();
    }

    private static void Add(PooledChars into, ReadOnlySpan<char> text)
    {
        if (into.Length == 0)
            text = text.TrimStart();
        into.Add(text[..Math.Min(text.Length, Longest - into.Length)]);
    }
}
