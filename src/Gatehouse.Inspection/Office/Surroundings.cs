using Gatehouse.Inspection.Office.Markup;

namespace Gatehouse.Inspection.Office;

/// <summary>Where in a part something stands, for those readers who leave out what they do not know, or what is deleted.</summary>
/// <param name="Branch">Which markup that may be left out it is in; 0: none.</param>
/// <param name="IsDeleted">Under revision (ECMA-376 part 1, 17.13.5.14).</param>
internal readonly record struct Surrounding(int Branch, bool IsDeleted);

/// <summary>
/// What around the elements of a letter may be left out: alternatives, of which one is read, and elements of another vocabulary, which a letter may declare
/// as such that can be ignored (ECMA-376 part 3, 7). Each element of one begins a branch.
/// </summary>
internal sealed class Surroundings
{
    private readonly List<(int Depth, Surrounding Outer)> _left = [];
    private Vocabulary _letter;
    private int _branches;

    public Surrounding Here { get; private set; }

    /// <summary>Whether an element or an attribute is a letter's own. The first in a part tells whether it is a strict one; one of the other kind is none.</summary>
    public bool IsLetter(Vocabulary vocabulary)
    {
        if (_letter == Vocabulary.Other)
            _letter = vocabulary & (Vocabulary.Letter | Vocabulary.StrictLetter);
        return vocabulary.Is(_letter);
    }

    /// <param name="isBranch">Also one of a letter's own, which has no place there.</param>
    public void Begin(MarkupReader element, bool isBranch)
    {
        var isLetter = IsLetter(element.Vocabulary) && !isBranch;
        var isDeletion = isLetter && element.Name is "del" or "moveFrom";
        // In a part without a letter's own there is nothing that could be left out.
        if (element.IsEmpty || _letter == Vocabulary.Other || (isLetter && !isDeletion))
            return;
        _left.Add((element.Depth, Here));
        Here = isDeletion ? Here with { IsDeleted = true } : Here with { Branch = ++_branches };
    }

    public void End(MarkupReader element)
    {
        if (_left is not [.., var last] || last.Depth != element.Depth)
            return;
        Here = last.Outer;
        _left.RemoveAt(_left.Count - 1);
    }
}
