using Gatehouse.Inspection.Pdf.Encryption;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Every <c>/Encrypt</c> of every trailer: readers do not agree on whose counts, so all must say the same.</summary>
internal sealed class PdfLocks(PdfObjects objects, PdfBudget budget)
{
    private readonly HashSet<int> _seen = [];
    private PdfCipher? _cipher;
    private bool _asks;
    private bool _isUnclear;
    private byte[]? _firstId;

    /// <summary>Opens them with the empty password. False: the file asks for one, and nothing more can be known.</summary>
    public bool Open(IReadOnlyList<PdfDictionary> trailers)
    {
        var locked = trailers.Where(IsLocked).ToList();
        foreach (var trailer in locked)
        {
            var id = Id(trailer) ?? (_firstId ??= trailers.Select(Id).FirstOrDefault(each => each is not null) ?? []);
            foreach (var (key, value) in trailer.Entries)
            {
                if (string.Equals(key, "Encrypt", StringComparison.Ordinal) && !IsNull(value) && (value is not PdfReference reference || _seen.Add(reference.Number)))
                    Open(value, id);
            }
        }

        if (_asks)
            return false;
        var isMixed = locked.Count > 0 && trailers.Any(trailer => trailer.Has("Root") && !IsLocked(trailer));
        if (_isUnclear || isMixed)
            throw new PdfLimitException(Reasons.BadStructure, 0);
        objects.Cipher = _cipher;
        return true;
    }

    private void Open(PdfValue value, byte[] id)
    {
        var isThere = false;
        objects.Any(
            value,
            reading =>
            {
                if (reading is PdfDictionary encryption)
                {
                    isThere = true;
                    Open(encryption, id);
                }

                return false;
            },
            isWhole: true);
        _isUnclear |= !isThere;
    }

    private void Open(PdfDictionary encryption, byte[] id)
    {
        budget.Spend(PdfLimits.UnlockCost, 0);
        var cipher = StandardSecurity.OpenWithoutPassword(encryption, id, objects);
        _asks |= cipher is null;
        _isUnclear |= _cipher is not null && cipher is not null && !cipher.IsSameAs(_cipher);
        _isUnclear |= encryption.Entries.Exists(entry => entry.Value is PdfReference reference && objects.Redefined.Contains(reference.Number));
        _cipher ??= cipher;
    }

    private byte[]? Id(PdfDictionary trailer)
    {
        budget.Spend(PdfLimits.HopCost, 0);
        return objects.Resolve(trailer["ID"]) is PdfArray { Items: [PdfString first, ..] } ? first.Bytes : null;
    }

    private static bool IsLocked(PdfDictionary trailer) => trailer["Encrypt"] is { } value && !IsNull(value);

    private static bool IsNull(PdfValue value) => value is PdfWord { Text: "null" };
}
