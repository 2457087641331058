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

    public byte[] ExifData { get; init; } = [0, 0, 0, 6, .. "Exif\0\0II*\0\0\0\0\0"u8];

    public string XmpData { get; init; } = "<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='a photo'/>";

    public byte[]? GridData { get; init; }

    public int Primary { get; init; } = Grid;

    public string HandlerKind { get; init; } = "pict";

    /// <summary>Added to every place in the media data.</summary>
    public int Shift { get; init; }

    public byte[]? Source { get; init; }

    public byte[] InMeta { get; init; } = [];

    public byte[] InProperties { get; init; } = [];

    public byte[] AtEnd { get; init; } = [];

    /// <summary>Replaces a box of the description, by its type.</summary>
    public (string Type, byte[] Box)? Instead { get; init; }

    public int Seed { get; init; } = 1;

    private int TileCount => Tiles ?? (Rows * Columns);

    public byte[] Build()
    {
        var noise = new byte[TileCount * 100];
        new Random(Seed).NextBytes(noise);
        var start = FileType.Length + Meta(0).Length + 8;
        return [.. FileType, .. Meta(start), .. Box("mdat", ExifData, Encoding.UTF8.GetBytes(XmpData), noise), .. AtEnd];
    }

    private byte[] Meta(int mediaStart)
    {
        var tiles = Enumerable.Range(FirstTile, TileCount).ToList();
        byte[] infos = [.. Info(Grid, "grid"), .. Info(Exif, "Exif"), .. Info(Xmp, "mime", "application/rdf+xml\0"), .. tiles.SelectMany(t => Info(t, "hvc1"))];
        var at = mediaStart + Shift;
        var grid = GridData ?? [0, 0, (byte)(Rows - 1), (byte)(Columns - 1), .. Half(Width), .. Half(Height)];
        byte[] places =
        [
            .. Place(Grid, 1, 0, grid.Length), .. Place(Exif, 0, at, ExifData.Length), .. Place(Xmp, 0, at + ExifData.Length, Encoding.UTF8.GetByteCount(XmpData)),
            .. tiles.SelectMany((t, i) => Place(t, 0, at + ExifData.Length + Encoding.UTF8.GetByteCount(XmpData) + (i * 100), 100)),
        ];
        byte[] uses = [.. Half(Grid), 1, 0x81, .. tiles.SelectMany(t => (byte[])[.. Half(t), 2, 2, 0x83])];
        byte[][] parts =
        [
            Handler(HandlerKind),
            DataSource(Source),
            FullBox("pitm", 0, 0, Half(Primary)),
            FullBox("iinf", 0, 0, Half(3 + tiles.Count), infos),
            FullBox("iref", 0, 0, Box("dimg", Half(Grid), Half(tiles.Count), [.. tiles.SelectMany(Half)]), Box("cdsc", Half(Exif), Half(1), Half(Grid))),
            Box("iprp", Box("ipco", Size(Width, Height), Size(512, 512), Box("hvcC", new byte[30]), InProperties), FullBox("ipma", 0, 0, Word(1 + tiles.Count), uses)),
            Box("idat", grid),
            FullBox("iloc", 1, 0, [0x44, 0], Half(3 + tiles.Count), places),
        ];
        return FullBox("meta", 0, 0, [.. parts.Select(p => Instead is { } other && p.AsSpan(4, 4).SequenceEqual(Ascii(other.Type)) ? other.Box : p), InMeta]);
    }

    public static byte[] Size(int width, int height) => FullBox("ispe", 0, 0, Word(width), Word(height));

    public static byte[] Info(int id, string type, string contentType = "", int protection = 0) =>
        FullBox("infe", 2, 0, Half(id), Half(protection), Ascii(type), [0], Ascii(contentType));

    private static byte[] Place(int id, int method, int offset, int length) => [.. Half(id), .. Half(method), .. Half(0), .. Half(1), .. Word(offset), .. Word(length)];
}
