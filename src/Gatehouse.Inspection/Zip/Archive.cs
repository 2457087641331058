namespace Gatehouse.Inspection.Zip;

/// <summary>One entry, found where the directory says.</summary>
internal readonly record struct Member(Archive Archive, ZipEntry Entry, string Name, long Data)
{
    public bool IsFolder => Name.EndsWith('/');

    public EntryStream Open(int cost) => new(Archive.Source, Entry, Data, Archive.Work, cost);

    public EntryContent Content() => new(Archive.Source, Entry, Data, Archive.Work);
}

/// <summary>What may be in an archive of one kind.</summary>
internal interface IMemberRules
{
    /// <summary>What reading a byte of an entry counts, beside its unpacking.</summary>
    int CostOfReading { get; }

    /// <summary>Gets every entry but folders and encrypted ones, and reads its content to the end.</summary>
    void Judge(in Member member, EntryStream content);
}

/// <summary>An archive whose directory has been read.</summary>
internal sealed class Archive(ZipSource source, CentralDirectory directory, long end, ZipFindings findings, ZipWork work)
{
    public ZipSource Source { get; } = source;

    public CentralDirectory Directory { get; } = directory;

    public ZipWork Work { get; } = work;

    public EntryStream Open(in ZipEntry entry) => new(Source, entry, LocalHeader.Read(Source, entry).Data, Work, ZipLimits.CostOfMarkup);

    /// <summary>All entries in the order in which they lie: they tile the file from its first byte to the directory, without a gap or an overlap.</summary>
    public void Walk(IMemberRules rules)
    {
        var entries = Directory.Entries;
        var extra = new UnusualExtra();
        var at = 0L;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            if (entry.Offset > at)
                throw HiddenData.InGap(Source, at, entry.Offset);
            var header = LocalHeader.Read(Source, entry);
            extra.Add(header.ExtraLength, entry.Offset);
            var next = i + 1 < entries.Length ? entries[i + 1].Offset : end;
            if (header.Data + entry.Packed > next)
                throw ZipStops.Structure(entry.Offset, "its entries overlap");
            Judge(new Member(this, entry, header.Name, header.Data), rules);
            // Behind the data, so after it: an archive that is unpacked as it is read never steps back.
            at = header.EndOf(Source, entry, next);
        }

        if (at < end)
            throw HiddenData.InGap(Source, at, end);
    }

    private void Judge(in Member member, IMemberRules rules)
    {
        if (member.Entry.IsEncrypted)
            return;
        if (ShownName.IsTurned(member.Name))
            findings.Embedded(member.Entry.Offset, "a file whose name is shown as another's");
        using var content = member.Open(rules.CostOfReading);
        if (!member.IsFolder)
            rules.Judge(member, content);
        content.Drain();
        if (content.HasPhar || HiddenArchive.IsIn(member, content.Tail))
            findings.Embedded(member.Entry.Offset, "another archive");
    }
}
