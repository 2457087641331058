using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;

namespace Gatehouse.Inspection.Tests.Mp4;

/// <summary>Makes small MP4 files: a track of pictures whose samples are noise in chunks, before or behind its description.</summary>
internal sealed record Mp4Builder
{
    public byte[] FileType { get; init; } = Box("ftyp", Ascii("isom"), Word(512), Ascii("isomiso2avc1mp41"));

    public int Width { get; init; } = 64;

    public int Height { get; init; } = 48;

    public string Handler { get; init; } = "vide";

    /// <summary>Null: a whole one, of that kind.</summary>
    public byte[]? HandlerBox { get; init; }

    public string Coding { get; init; } = "avc1";

    /// <summary>The sizes of the samples, three to a chunk, the last chunk with what is left.</summary>
    public IReadOnlyList<int> Samples { get; init; } = [40, 1, 17, 100, 100, 3, 9];

    /// <summary>4, 8, 16 or 32: how the sizes are stored; 0: one for all.</summary>
    public int SizeBits { get; init; } = 32;

    public bool HasLongOffsets { get; init; }

    public bool IsDescriptionFirst { get; init; }

    /// <summary>The media data's box, made of its content.</summary>
    public Func<byte[], byte[]> Media { get; init; } = data => Box("mdat", data);

    /// <summary>Added to every chunk's offset.</summary>
    public int Shift { get; init; }

    public byte[]? Source { get; init; }

    /// <summary>Boxes at the end of the sample table, the track, the movie and the file.</summary>
    public byte[] InTable { get; init; } = [];

    public byte[] InTrack { get; init; } = [];

    public byte[] InMovie { get; init; } = [];

    public byte[] AtEnd { get; init; } = [];

    /// <summary>Replaces a box of the sample table, by its type.</summary>
    public (string Type, byte[] Box)? Instead { get; init; }

    public int Seed { get; init; } = 1;

    public static byte[] Random(Random random)
    {
        if (random.Next(4) == 0)
            return Fragmented(random.Next(1, 5), random.Next(2) == 0 ? 0x201 : 1);
        var bits = new[] { 0, 4, 8, 16, 32 }[random.Next(5)];
        var first = random.Next(1, 16);
        var brands = new[] { "isom", "mp42", "iso6", "avc1", "MSNV" };
        return new Mp4Builder
        {
            FileType = Box("ftyp", Ascii(brands[random.Next(brands.Length)]), Word(random.Next(600)), Ascii("isomiso2avc1mp41"[..(4 * random.Next(5))])),
            Width = random.Next(1, 2000),
            Height = random.Next(1, 2000),
            Coding = random.Next(2) == 0 ? "avc1" : "hvc1",
            SizeBits = bits,
            Samples = [.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => bits switch { 0 => first, 4 => random.Next(1, 16), _ => random.Next(1, 200) })],
            HasLongOffsets = random.Next(3) == 0,
            IsDescriptionFirst = random.Next(2) == 0,
            Media = random.Next(4) == 0 ? data => LargeBox("mdat", data) : data => Box("mdat", data),
            InMovie = random.Next(2) == 0 ? [] : Box("udta", Box("\u00A9cmt", Half(8), Half(0), Ascii("a remark"))),
            AtEnd = random.Next(2) == 0 ? [] : Box("free", new byte[random.Next(40)]),
            Seed = random.Next(),
        }.Build();
    }

    public byte[] Build()
    {
        var data = new byte[Samples.Sum()];
        new Random(Seed).NextBytes(data);
        var media = Media(data);
        var header = Media([]).Length;
        if (!IsDescriptionFirst)
            return [.. FileType, .. media, .. Movie(FileType.Length + header), .. AtEnd];
        var start = FileType.Length + Movie(0).Length + header;
        return [.. FileType, .. Movie(start), .. media, .. AtEnd];
    }

    public static byte[] MovieHeader => FullBox("mvhd", 0, 0, new byte[96]);

    /// <summary>A description without samples, and fragments behind it, each of one run of two samples in a hundred bytes.</summary>
    /// <param name="runFlags">Bit 0: the run says where it is; bit 9: its samples have sizes of their own.</param>
    /// <param name="trackFlags">Bit 0: places count from one that is given; bit 4: a common size is given; bit 17: places count from the fragment.</param>
    public static byte[] Fragmented(int fragments, int runFlags = 0x201, int dataOffsetShift = 0, int trackFlags = 0x20000)
    {
        var empty = new Mp4Builder { Samples = [], InMovie = Box("mvex", FullBox("trex", 0, 0, Word(1), Word(1), Word(0), Word(50), Word(0))) };
        var file = new List<byte>([.. empty.FileType, .. empty.Movie(0)]);
        for (var i = 0; i < fragments; i++)
        {
            var toData = Fragment(0, 0).Length + 8;
            var start = (runFlags & 1) == 0 ? file.Count + toData : file.Count;
            file.AddRange([.. Fragment(start + dataOffsetShift, toData + dataOffsetShift), .. Box("mdat", new byte[100])]);
        }

        return [.. file];

        byte[] Fragment(int start, int toData)
        {
            byte[] place = (trackFlags & 1) != 0 ? [.. Word(0), .. Word(start)] : [];
            byte[] size = (trackFlags & 0x10) != 0 ? Word(50) : [];
            byte[] run = (runFlags & 1) != 0 ? Word(toData) : [];
            byte[] sizes = (runFlags & 0x200) != 0 ? [.. Word(60), .. Word(40)] : [];
            return Box("moof", FullBox("mfhd", 0, 0, Word(1)), Box("traf", FullBox("tfhd", 0, trackFlags, Word(1), place, size), FullBox("trun", 0, runFlags, Word(2), run, sizes)));
        }
    }

    private byte[] Movie(int mediaStart) => Box("moov", MovieHeader, Track(mediaStart), InMovie);

    private byte[] Track(int mediaStart)
    {
        var header = FullBox("tkhd", 0, 3, new byte[72], Word(Width << 16), Word(Height << 16));
        var entry = Box(Coding, new byte[6], Half(1), new byte[16], Half(Width), Half(Height), new byte[50]);
        var (offsets, runs) = Chunks(mediaStart);
        byte[][] tables =
        [
            FullBox("stsd", 0, 0, Word(1), entry),
            FullBox("stts", 0, 0, Word(1), Word(Samples.Count), Word(40)),
            FullBox("stsc", 0, 0, Word(runs.Count), [.. runs.SelectMany(r => (byte[])[.. Word(r.First), .. Word(r.Samples), .. Word(1)])]),
            Sizes(),
            FullBox(HasLongOffsets ? "co64" : "stco", 0, 0, Word(offsets.Count), [.. offsets.SelectMany(o => (byte[])[.. HasLongOffsets ? Word(0) : [], .. Word(o)])]),
        ];
        byte[][] replaced = [.. tables.Select(t => Instead is { } other && t.AsSpan(4, 4).SequenceEqual(Ascii(other.Type)) ? other.Box : t)];
        var table = Box("stbl", [.. replaced, InTable]);
        return Box("trak", header, Box("mdia", FullBox("mdhd", 0, 0, new byte[20]), HandlerBox ?? IsoMedia.Boxes.Handler(Handler), Box("minf", FullBox("vmhd", 0, 1, new byte[8]), DataSource(Source), table)), InTrack);
    }

    private byte[] Sizes() => SizeBits switch
    {
        0 => FullBox("stsz", 0, 0, Word(Samples[0]), Word(Samples.Count)),
        32 => FullBox("stsz", 0, 0, Word(0), Word(Samples.Count), [.. Samples.SelectMany(s => Word(s))]),
        16 => FullBox("stz2", 0, 0, Word(16), Word(Samples.Count), [.. Samples.SelectMany(Half)]),
        8 => FullBox("stz2", 0, 0, Word(8), Word(Samples.Count), [.. Samples.Select(s => (byte)s)]),
        _ => FullBox("stz2", 0, 0, Word(4), Word(Samples.Count), [.. Samples.Chunk(2).Select(p => (byte)((p[0] << 4) | p.ElementAtOrDefault(1)))]),
    };

    private (List<int> Offsets, List<(int First, int Samples)> Runs) Chunks(int mediaStart)
    {
        var (offsets, runs, at) = (new List<int>(), new List<(int First, int Samples)>(), mediaStart + Shift);
        foreach (var chunk in Samples.Chunk(3))
        {
            offsets.Add(at);
            at += chunk.Sum();
            if (runs.Count == 0 || runs[^1].Samples != chunk.Length)
                runs.Add((offsets.Count, chunk.Length));
        }

        return (offsets, runs);
    }
}
