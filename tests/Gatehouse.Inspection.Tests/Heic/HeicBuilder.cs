using System.Text;
using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;

namespace Gatehouse.Inspection.Tests.Heic;

/// <summary>Makes small HEIC files: a grid of tiles, EXIF and XMP, their data in the media data but for the grid's own.</summary>
internal sealed record HeicBuilder
{
    public const int Grid = 1;
    public const int Exif = 2;
    public const int Xmp = 3;
    private const int FirstTile = 10;

    public byte[] FileType { get; init; } = Box("ftyp", Ascii("heic"), Word(0), Ascii("mif1heic"));

    public int Rows { get; init; } = 2;

    public int Columns { get; init; } = 3;

    public int Width { get; init; } = 1500;

    public int Height { get; init; } = 1000;

    /// <summary>How many tiles there are, where not as many as the grid has.</summary>
    public int? Tiles { get; init; }

    public int TileLength { get; init; } = 100;

    public byte[] ExifData { get; init; } = [0, 0, 0, 6, .. "Exif\0\0II*\0\0\0\0\0"u8];

    public string XmpData { get; init; } = "<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='a photo'/>";

    public byte[]? GridData { get; init; }

    /// <summary>Or "iovl", with <see cref="GridData"/> of its own.</summary>
    public string GridType { get; init; } = "grid";

    public int Primary { get; init; } = Grid;

    /// <summary>Numbers of items in four bytes, of places in eight, of properties in two.</summary>
    public bool HasLongNumbers { get; init; }

    public string HandlerKind { get; init; } = "pict";

    /// <summary>Added to every place in the media data.</summary>
    public int Shift { get; init; }

    public byte[]? Source { get; init; }

    public byte[] InMeta { get; init; } = [];

    public byte[] InProperties { get; init; } = [];

    /// <summary>Of each tile, by number: 1 the grid's size, 2 the tiles', 3 the decoder's configuration, 4 the first of <see cref="InProperties"/>.</summary>
    public int[] TileProperties { get; init; } = [2, 3];

    public byte[] AfterAssociations { get; init; } = [];

    public byte[] AtEnd { get; init; } = [];

    /// <summary>Replaces a box of the description, by its type.</summary>
    public (string Type, byte[] Box)? Instead { get; init; }

    public int Seed { get; init; } = 1;

    private int TileCount => Tiles ?? (Rows * Columns);

    public static HeicBuilder Random(Random random)
    {
        var (rows, columns) = (random.Next(1, 4), random.Next(1, 4));
        return new()
        {
            FileType = random.Next(2) == 0 ? Box("ftyp", Ascii("heic"), Word(0), Ascii("mif1heic")) : Box("ftyp", Ascii("mif1"), Word(0), Ascii("mif1heixmiaf")),
            Rows = rows,
            Columns = columns,
            Width = (512 * columns) - random.Next(500),
            Height = (512 * rows) - random.Next(500),
            TileLength = random.Next(1, 200),
            XmpData = $"<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='{new string('a', random.Next(30))}'/>",
            HasLongNumbers = random.Next(3) == 0,
            InMeta = random.Next(3) == 0 ? Box("what", new byte[random.Next(100)]) : [],
            InProperties = random.Next(3) == 0 ? Box("colr", Ascii("prof"), new byte[random.Next(200)]) : [],
            AtEnd = random.Next(3) == 0 ? Box("sefd", new byte[random.Next(100)]) : [],
            Seed = random.Next(),
        };
    }

    public byte[] Build()
    {
        var noise = new byte[TileCount * TileLength];
        new Random(Seed).NextBytes(noise);
        var start = FileType.Length + Meta(0).Length + 8;
        return [.. FileType, .. Meta(start), .. Box("mdat", ExifData, Encoding.UTF8.GetBytes(XmpData), noise), .. AtEnd];
    }

    private byte[] Meta(int mediaStart)
    {
        var tiles = Enumerable.Range(FirstTile, TileCount).ToList();
        byte[] infos = [.. Info(Grid, GridType, isLong: HasLongNumbers), .. Info(Exif, "Exif", isLong: HasLongNumbers), .. Info(Xmp, "mime", "application/rdf+xml\0", isLong: HasLongNumbers), .. tiles.SelectMany(t => Info(t, "hvc1", isLong: HasLongNumbers))];
        var at = mediaStart + Shift;
        var grid = GridData ?? [0, 0, (byte)(Rows - 1), (byte)(Columns - 1), .. Half(Width), .. Half(Height)];
        byte[] places =
        [
            .. Place(Grid, 1, 0, grid.Length), .. Place(Exif, 0, at, ExifData.Length), .. Place(Xmp, 0, at + ExifData.Length, Encoding.UTF8.GetByteCount(XmpData)),
            .. tiles.SelectMany((t, i) => Place(t, 0, at + ExifData.Length + Encoding.UTF8.GetByteCount(XmpData) + (i * TileLength), TileLength)),
        ];
        byte[] uses = [.. Id(Grid), 1, .. Property(1), .. tiles.SelectMany(t => (byte[])[.. Id(t), (byte)TileProperties.Length, .. TileProperties.SelectMany(Property)])];
        var version = HasLongNumbers ? 1 : 0;
        byte[][] parts =
        [
            Handler(HandlerKind),
            DataSource(Source),
            FullBox("pitm", version, 0, Id(Primary)),
            FullBox("iinf", version, 0, Id(3 + tiles.Count), infos),
            FullBox("iref", version, 0, Box("dimg", Id(Grid), Half(tiles.Count), [.. tiles.SelectMany(Id)]), Box("cdsc", Id(Exif), Half(1), Id(Grid))),
            Box("iprp", Box("ipco", Size(Width, Height), Size(512, 512), Configuration, InProperties), FullBox("ipma", version, version, Word(1 + tiles.Count), uses), AfterAssociations),
            Box("idat", grid),
            FullBox("iloc", 1 + version, 0, HasLongNumbers ? [0x88, 0x88] : [0x44, 0], Id(3 + tiles.Count), places),
        ];
        return FullBox("meta", 0, 0, [.. parts.Select(p => Instead is { } other && p.AsSpan(4, 4).SequenceEqual(Ascii(other.Type)) ? other.Box : p), InMeta]);
    }

    /// <summary>Of no parameter sets: the coded pictures are noise.</summary>
    public static byte[] Configuration => Box("hvcC", [1], new byte[22]);

    public static byte[] Size(int width, int height) => FullBox("ispe", 0, 0, Word(width), Word(height));

    public static byte[] Info(int id, string type, string contentType = "", int protection = 0, bool isLong = false) =>
        FullBox("infe", isLong ? 3 : 2, 0, isLong ? Word(id) : Half(id), Half(protection), Ascii(type), [0], Ascii(contentType));

    /// <summary>Half of a long place is its base.</summary>
    private byte[] Place(int id, int method, int offset, int length) => HasLongNumbers
        ? [.. Word(id), .. Half(method), .. Half(0), .. Long(offset / 2), .. Half(1), .. Long(0), .. Long(offset - (offset / 2)), .. Long(length)]
        : [.. Half(id), .. Half(method), .. Half(0), .. Half(1), .. Word(offset), .. Word(length)];

    private byte[] Id(int id) => HasLongNumbers ? Word(id) : Half(id);

    private byte[] Property(int number) => HasLongNumbers ? Half(0x8000 | number) : [(byte)(0x80 | number)];

    private static byte[] Long(long value) => [.. Word(value >> 32), .. Word(value)];
}
