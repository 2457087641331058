using Gatehouse.Inspection.Pdf.Encryption;

namespace Gatehouse.Inspection.Pdf;

/// <summary>One file's judgement: find every object, settle encryption and the cross-reference, unpack, judge all, reach the pages.</summary>
internal sealed class PdfJudgement
{
    private readonly PdfSource _source;
    private readonly PdfObjects _objects;
    private readonly PdfStreams _streams;
    private readonly ObjectStreams _packed;
    private readonly PdfFindings _findings;
    private readonly EmbeddedFiles _embedded;
    private readonly ActiveContent _active;
    private readonly XfaForms _forms;
    private readonly PdfWalk _walk;
    private readonly List<PdfDictionary> _xrefStreams = [];

    public PdfJudgement(PdfSource source, InspectionPolicy policy)
    {
        _source = source;
        _objects = new PdfObjects(source);
        _streams = new PdfStreams(source, _objects);
        _packed = new ObjectStreams(_objects, _streams);
        _findings = new PdfFindings(policy);
        _embedded = new EmbeddedFiles(_objects, _streams, _findings);
        _forms = new XfaForms(_objects, _streams);
        _active = new ActiveContent(_objects, _findings, _embedded) { Forms = _forms };
        _walk = new PdfWalk(source, _objects);
    }

    public Verdict Judge(CancellationToken cancellationToken)
    {
        _walk.Go((found, value) => Sort(found, value), cancellationToken);
        if (_walk.SecondFormat is { } guest)
            return guest;
        if (_objects.Count == 0)
            return PdfRefusals.Because(Reasons.BadStructure, 0);
        var trailer = _walk.Trailers.Concat(_xrefStreams).LastOrDefault(t => t["Root"] is not null);
        if (trailer is null)
            return PdfRefusals.Because(Reasons.BadStructure, _source.Length);
        if (!Unlock(trailer))
            return _findings.Refusal as Verdict ?? new Verdict.Accept(PdfValidator.Mime, Charset: null, _findings.Flags);

        var references = new CrossReference(_source, _objects, _streams, LeadsTo, cancellationToken);
        references.Follow(_walk.StartXref, (trailer["Root"] as PdfReference)?.Number ?? -1);
        var root = references.Root;
        if (references.RootContainer >= 0)
        {
            var again = new CrossReference(_source, _objects, _streams, LeadsTo, cancellationToken);
            again.Follow(_walk.StartXref, references.RootContainer);
            root = again.RootContainer < 0 ? again.Root : Listing.Wrong;
        }

        if (!_packed.Visit(value => Visit(default, value, decrypt: null), cancellationToken))
            return PdfRefusals.Because(Reasons.BadStructure, 0);
        for (var i = 0; i < _objects.Count; i++)
        {
            if ((i & 255) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var found = _objects.All[i];
            Visit(found, _objects.ReadAt(found.Offset), Decryption(found));
        }

        foreach (var each in _walk.Trailers)
            Visit(default, each, decrypt: null);
        _embedded.End(_forms.Packets);
        if (_findings.Refusal is { } refusal)
            return refusal;
        if (!new PageTree(_objects).HasPages(trailer) || !HasOneReading(references, root))
            return PdfRefusals.Because(Reasons.BadStructure, Math.Max(0, _walk.StartXref));
        return new Verdict.Accept(PdfValidator.Mime, Charset: null, _findings.Flags);
    }

    /// <summary>
    /// Without a usable cross-reference readers rebuild one from a trailer and from what is not packed; with several definitions of a number they may not agree on it. One that they
    /// can read, and that does not name the catalog, they believe.
    /// </summary>
    private bool HasOneReading(CrossReference references, Listing root)
    {
        if (!references.IsConsistent && !references.AgreesWithRebuilt)
            return false;
        if (references.IsRead && root == Listing.Right)
            return true;
        if (references.IsRead && root == Listing.Missing)
            return false;
        return _walk.Trailers.Exists(t => t["Root"] is PdfReference catalog && _objects.Find(catalog.Number) is not null);
    }

    private void Sort(PdfIndirect found, PdfValue value)
    {
        if (!found.HasStream || value is not PdfDictionary dictionary)
            return;
        if (dictionary.IsNamed("Type", "ObjStm"))
            _packed.Add(found);
        else if (dictionary.IsClosed && dictionary.IsNamed("Type", "XRef"))
            _xrefStreams.Add(dictionary);
    }

    /// <summary>False: the file asks for a password, and nothing more can be known.</summary>
    private bool Unlock(PdfDictionary trailer)
    {
        var locked = _walk.Trailers.Concat(_xrefStreams).FirstOrDefault(t => t["Encrypt"] is not null);
        if (locked is null || _objects.Resolve(locked["Encrypt"]) is not PdfDictionary encryption)
            return true;
        var id = _objects.Resolve(locked["ID"] ?? trailer["ID"]) is PdfArray { Items: [PdfString first, ..] } ? first.Bytes : [];
        _streams.Cipher = StandardSecurity.OpenWithoutPassword(encryption, id, _objects);
        if (_streams.Cipher is not null)
            return true;
        _findings.Add(Reasons.Encrypted, 0, PdfRefusals.Because(Reasons.Encrypted, 0).Sentence);
        return false;
    }

    private bool LeadsTo(long offset, int number)
    {
        if (_objects.NumberAt(offset) is { } known)
            return known == number;
        // A reader finds an object here that the walk stepped over, inside a stream or a comment: it is judged too.
        if (!_walk.TryReadAt(offset, out var found, out var value))
            return false;
        Sort(found, value);
        return found.Number == number;
    }

    private void Visit(PdfIndirect found, PdfValue value, Func<byte[], byte[]>? decrypt)
    {
        _embedded.Current = found.Number;
        _active.DecryptString = decrypt;
        _active.Judge(value, found.Offset);
    }

    private Func<byte[], byte[]>? Decryption(PdfIndirect found) =>
        _streams.Cipher is { } cipher ? text => cipher.DecryptString(text, found.Number, found.Generation) : null;
}
