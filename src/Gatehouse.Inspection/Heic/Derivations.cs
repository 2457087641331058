using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>
/// Pictures made of others (ISO/IEC 23008-12, 6.6.1): of pictures only, and not, over however many steps, of themselves, which would keep a reader busy
/// for ever.
/// </summary>
internal sealed class Derivations(IsoFile file, PictureItems items)
{
    /// <summary>A turned overlay of grids has three.</summary>
    private const int MaxSteps = 16;

    /// <summary>By number: true, it was found right; false, it is being looked at.</summary>
    private readonly Dictionary<uint, bool> _isRight = [];

    public Verdict.Refuse? Check()
    {
        foreach (var item in items.All)
        {
            if (item.Inputs.Count > 0 && !IsRight(item, 0))
                return file.Refusals.Structure(item.Offset, "the pictures that it is made of are wrong");
        }

        return null;
    }

    private bool IsRight(PictureItem item, int steps)
    {
        if (_isRight.TryGetValue(item.Id, out var isRight))
            return isRight;
        if (!item.IsPicture || steps > MaxSteps)
            return false;
        _isRight[item.Id] = false;
        foreach (var input in item.Inputs)
        {
            if (items.Find(input) is not { } picture || !IsRight(picture, steps + 1))
                return false;
        }

        return _isRight[item.Id] = true;
    }
}
