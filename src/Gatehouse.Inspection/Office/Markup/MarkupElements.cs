namespace Gatehouse.Inspection.Office.Markup;

/// <summary>The elements that are open, by their names as they are written.</summary>
internal sealed class MarkupElements : IDisposable
{
    /// <summary>Of the names of all that are open; documents have some hundred.</summary>
    private const int MostCharacters = 1 << 20;

    private readonly PooledChars _names = new();
    private readonly List<(int Start, int Namespaces, int Namespace)> _open = [];

    public int Count => _open.Count;

    /// <param name="namespaces">How many were declared before it.</param>
    /// <param name="own">Its own.</param>
    public void Begin(ReadOnlySpan<char> name, int namespaces, int own)
    {
        if (_names.Length + name.Length > MostCharacters)
            throw new MarkupException();
        _open.Add((_names.Length, namespaces, own));
        _names.Add(name);
    }

    /// <summary>The last one that is open.</summary>
    public ReadOnlySpan<char> Name => _open.Count == 0 ? default : _names.Text[_open[^1].Start..];

    /// <summary>How many namespaces were declared when it began.</summary>
    public int Namespaces => _open[^1].Namespaces;

    public int Namespace => _open[^1].Namespace;

    public void End()
    {
        _names.KeepFirst(_open[^1].Start);
        _open.RemoveAt(_open.Count - 1);
    }

    public void Dispose() => _names.Dispose();
}
