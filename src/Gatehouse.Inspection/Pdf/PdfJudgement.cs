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
    private readonly Leads _leads;
    private readonly List<PdfDictionary> _xrefStreams = [];
    private readonly HashSet<int> _hidden = [];
    private readonly RawWords _words;

    public PdfJudgement(PdfSource source, RawWords words, InspectionPolicy policy)
    {
        _source = source;
        _words = words;
        _objects = new PdfObjects(source);
        _streams = new PdfStreams(source, _objects);
        _packed = new ObjectStreams(_objects, _streams, source.Budget);
        _findings = new PdfFindings(policy);
        _embedded = new EmbeddedFiles(_objects, _streams, _findings, source.Budget);
        _forms = new XfaForms(_objects, _streams, source.Budget);
        _active = new ActiveContent(_objects, _findings, _embedded) { Forms = _forms, Hidden = _hidden };
        _walk = new PdfWalk(source, _objects);
        _leads = new Leads(source, _objects, _packed);
    }

    public Verdict Judge()
    {
        _walk.Go(Sort);
        if (_walk.PhpAt >= 0)
            return PdfRefusals.Because(Reasons.ScriptInMetadata, _walk.PhpAt);
        if (_objects.Count == 0)
            return PdfRefusals.Because(Reasons.BadStructure, 0);
        List<PdfDictionary> trailers = [.. _walk.Trailers, .. _xrefStreams];
        var trailer = trailers.FindLast(t => t.Has("Root"));
        if (trailer is null)
            return PdfRefusals.Because(Reasons.BadStructure, _source.Length);
        if (!new PdfLocks(_objects, _source.Budget).Open(trailers))
        {
            _findings.Add(Reasons.Encrypted, 0, PdfRefusals.Because(Reasons.Encrypted, 0).Sentence);
            return _findings.Refusal as Verdict ?? new Verdict.Accept(PdfValidator.Mime, Charset: null, _findings.Flags);
        }

        var hasOneReading = HasOneReading(trailer);
        if (_packed.Visit(value => Visit(default, value, decrypt: null), ActiveContent.LeadsOn) is var broken and >= 0)
            return PdfRefusals.Because(Reasons.BadStructure, broken);
        hasOneReading &= _leads.AgreeWithPacked();
        for (var i = 0; i < _objects.Count; i++)
        {
            var found = _objects.All[i];
            Visit(found, _objects.ReadAt(found.Offset), Decryption(found));
        }

        // Their strings are plain, also where the file is encrypted.
        foreach (var each in trailers)
            Visit(default, each, decrypt: null);
        _embedded.End(_forms.Packets);
        if (_findings.Refusal is { } refusal)
            return refusal;
        // What readers find inside of something, when they look for objects, must be nothing that the file uses.
        hasOneReading &= !_active.SawHidden && !_hidden.Any(_objects.IsDefined);
        if (!hasOneReading || !new PageTree(_objects, _source.Budget).HasPages(trailer))
            return PdfRefusals.Because(Reasons.BadStructure, Math.Max(0, _walk.StartXref));
        return new Verdict.Accept(PdfValidator.Mime, Charset: null, _findings.Flags);
    }

    /// <summary>Offsets count from the header or from the file's start: whatever a reader takes them for, it finds nothing that the walk did not.</summary>
    private bool HasOneReading(PdfDictionary trailer)
    {
        if (_words.Objects > _objects.Count || _words.Trailers > _walk.TrailerCount)
        {
            var search = new HiddenObjects(_source, _objects, _packed);
            if (search.HasTrailer(_walk))
                return false;
            search.AddNumbers(_hidden);
        }

        // What the last such word leads to, readers believe, also where it stands in a comment or a string.
        if (_source.FindLast("startxref"u8, PdfLimits.TailLength) is var word and >= 0 && word != _walk.StartXrefWord)
            return false;
        var header = PdfEnds.HeaderOffset(_source);
        var root = (trailer["Root"] as PdfReference)?.Number ?? -1;
        var fromStart = Follow(root, 0);
        var fromHeader = header == 0 ? fromStart : Follow(root, header);
        if (fromStart.References.IsHidden || fromHeader.References.IsHidden)
            return false;
        return HasOneReading(fromStart.References, fromStart.Root) || (header > 0 && HasOneReading(fromHeader.References, fromHeader.Root));
    }

    private (CrossReference References, Listing Root) Follow(int root, long shift)
    {
        var references = new CrossReference(_source, _objects, _streams, _walk, _leads) { Shift = shift };
        references.Follow(_walk.StartXref, root);
        if (references.RootContainer < 0)
            return (references, references.Root);
        var again = new CrossReference(_source, _objects, _streams, _walk, _leads) { Shift = shift };
        again.Follow(_walk.StartXref, references.RootContainer);
        return (references, again.RootContainer < 0 ? again.Root : Listing.Wrong);
    }

    /// <summary>
    /// Without a usable cross-reference readers rebuild one from a trailer and from what is not packed, with the last definition of each number. One that they can read they believe: where
    /// it is wrong, and there are several definitions of a number, they may not agree on it, and what does not name the catalog has none.
    /// </summary>
    private bool HasOneReading(CrossReference references, Listing root)
    {
        if (!references.IsConsistent && (_hidden.Count > 0 || ((references.IsWhole || IsPutTogether()) && !references.AgreesWithRebuilt)))
            return false;
        if (references.IsRead && root == Listing.Right)
            return true;
        if (references.IsWhole && root == Listing.Missing)
            return false;
        return _hidden.Count == 0 && _walk.Trailers.Exists(t => t["Root"] is PdfReference catalog && _objects.Find(catalog.Number) is { } found && StandsFree(found.Header));
    }

    /// <summary>Readers that look for objects find none right behind a sign.</summary>
    private bool StandsFree(long header) => header == 0 || PdfReader.IsSpace(_source[header - 1]);

    /// <summary>Of two files, one behind the other: offsets count from either's header.</summary>
    private bool IsPutTogether() => _source.Find(PdfEnds.HeaderOffset(_source) + 1, "%PDF-"u8) >= 0;

    private void Sort(PdfIndirect found, PdfValue value)
    {
        if (!found.HasStream || value is not PdfDictionary dictionary)
            return;
        if (ObjectStreams.IsOne(dictionary))
            _packed.Add(found);
        if (CrossReference.IsOne(dictionary))
            _xrefStreams.Add(dictionary);
    }

    private void Visit(PdfIndirect found, PdfValue value, Func<byte[], byte[]>? decrypt)
    {
        _embedded.Current = found.Number;
        _active.DecryptString = decrypt;
        _active.Judge(value, found.Offset);
    }

    private Func<byte[], byte[]>? Decryption(PdfIndirect found) =>
        _objects.Cipher is { } cipher ? text => cipher.DecryptString(text, found.Number, found.Generation) : null;
}
