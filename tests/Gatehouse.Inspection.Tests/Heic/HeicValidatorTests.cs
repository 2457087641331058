using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Mp4;
using Gatehouse.Inspection.Tests.SecondFormats;
using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;

namespace Gatehouse.Inspection.Tests.Heic;

public sealed class HeicValidatorTests
{
    private static readonly HeicBuilder Small = new();
    private static readonly InspectionPolicy Allowed = Judge.EveryType;
    private static readonly byte[] Video = [.. Box("ftyp", Ascii("mp42"), Word(0)), .. Box("moov", new byte[40]), .. Box("mdat", new byte[500])];

    private static readonly byte[][] Valid =
    [
        Small.Build(),
        (Small with { Rows = 12, Columns = 16, Width = 8064, Height = 6048 }).Build(),
        (Small with { HasLongNumbers = true }).Build(),
        (Small with { GridData = [0, 1, 1, 2, .. Word(1500), .. Word(1000)] }).Build(),
        (Small with { AtEnd = [.. Box("mpvd", Video), .. Box("sefd", new byte[100_000])] }).Build(),
        (Small with { InMeta = Box("what", new byte[50_000]), InProperties = Box("colr", Ascii("prof"), new byte[3000]) }).Build(),
        (new Mp4Builder { FileType = Box("ftyp", Ascii("msf1"), Word(0), Ascii("hevc")), Handler = "pict", Coding = "hvc1" }).Build(),
    ];

    [Fact]
    public void Valid_pictures_are_accepted_however_they_are_cut()
    {
        foreach (var heic in Valid)
        {
            foreach (var size in (int[])[1, 7, 64 * 1024])
                Assert.Equal("image/heic", Assert.IsType<Verdict.Accept>(Judge.InPieces(heic, [size], policy: Allowed)).Mime);
        }
    }

    [Fact]
    public void A_picture_whose_brands_name_no_coding_is_HEIF()
    {
        var general = (Small with { FileType = Box("ftyp", Ascii("mif1"), Word(0), Ascii("mif1miaf")) }).Build();

        Assert.Equal("image/heif", Judge.Accepts(general, policy: Allowed).Mime);
        Assert.Equal("image/heif", Judge.Refuses(general, reason: null).Mime);
        Judge.Refuses((Small with { FileType = Box("ftyp", Ascii("mif1"), Word(0), Ascii("avif")) }).Build(), reason: null, Allowed);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 12; length < Valid[0].Length; length++)
            Assert.IsType<Verdict.Refuse>(Judge.Whole(Valid[0][..length], policy: Allowed));

        Judge.Refuses(Valid[0][..^1], Reasons.Truncated, Allowed);
        Judge.Refuses(Valid[0][..20], Reasons.Truncated, Allowed);
    }

    [Fact]
    public void Where_it_is_not_allowed_it_keeps_the_advice_for_phones_photos_and_is_refused_with_its_first_box()
    {
        using var inspection = new Inspector(new InspectionPolicy()).Begin("IMG_1.HEIC");

        var refusal = inspection.Write(Valid[0].AsSpan(0, 24));

        Assert.Equal((RefusalCode.TypeNotAllowed, "image/heic"), (refusal?.Code, refusal?.Mime));
        Assert.Contains("iPhone photo", refusal?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_behind_the_end_is_refused()
    {
        foreach (var guest in Guests.All.Values)
        {
            var refusal = Assert.IsType<Verdict.Refuse>(Judge.Whole([.. Valid[0], .. guest], policy: Allowed));
            Assert.True(refusal.Reason is Reasons.TrailingData or Reasons.SecondFormat, refusal.ToString());
        }
    }

    [Theory]
    [InlineData("pitm", "00000000 0009")]
    [InlineData("pitm", "00000000 0002")]
    [InlineData("pitm", "00000000 00")]
    [InlineData("pitm", "40000000 0001")]
    [InlineData("pitm", "00000000 00000001")]
    [InlineData("iinf", "00000000 0001 00000015 696E6665 00000000 0001 0000 67726964 00")]
    [InlineData("iinf", "00000000 0002 00000015 696E6665 02000000 0001 0000 67726964 00")]
    [InlineData("iloc", "01000000 4400 0001 0001 0001 0000 0001 00000000 00000009")]
    [InlineData("iloc", "01000000 4400 0001 0001 0001 0000 0001 00000001 00000008")]
    [InlineData("iloc", "01000000 4400 0001 0001 0002 0000 0001 00000000 00000008")]
    [InlineData("iloc", "01000000 4400 0001 0001 0000 0000 0001 00000000 00000008")]
    [InlineData("iloc", "01000000 4400 0001 0001 0001 0002 0001 00000000 00000008")]
    [InlineData("iloc", "01000000 4400 0001 0063 0001 0000 0001 00000000 00000008")]
    [InlineData("iloc", "01000000 4400 0001 0001 0001 0000 0002 00000000 00000008")]
    [InlineData("iloc", "01000000 8880 0001 0001 0001 0000 0000000000000002 0001 FFFFFFFFFFFFFFFE 0000000000000008")]
    [InlineData("iloc", "01000000 3300 0000")]
    [InlineData("iloc", "03000000 4400 0000")]
    [InlineData("iloc", "01000000 4400 0000 00")]
    [InlineData("iref", "00000000 0000000E 64696D67 0001 0001 0063")]
    [InlineData("iref", "00000000 0000000E 64696D67 0001 0002 000A")]
    [InlineData("iprp", "00000000")]
    [InlineData("iprp", "00000008 6970636F 00000014 69706D61 00000000 00000001 0001 01 01")]
    [InlineData("iprp", "00000008 6970636F 00000014 69706D61 00000000 00000001 0063 01 00")]
    [InlineData("iprp", "00000008 6970636F 00000014 69706D61 00000000 00000001 0001 02 00")]
    public void Lists_of_parts_that_are_wrong_are_refused_where_they_are(string type, string content)
    {
        var box = Box(type, Convert.FromHexString(content.Replace(" ", "", StringComparison.Ordinal)));
        var heic = (Small with { Instead = (type, box) }).Build();
        var at = heic.AsSpan().IndexOf(box);

        Assert.InRange(Judge.Refuses(heic, Reasons.BadStructure, Allowed).Offset, at, at + box.Length - 1);
    }

    [Fact]
    public void A_description_of_something_else_than_pictures_or_one_without_its_lists_is_refused()
    {
        Judge.Refuses((Small with { HandlerKind = "vide" }).Build(), Reasons.BadStructure, Allowed);
        foreach (var type in (string[])["hdlr", "pitm", "iinf", "iloc", "iprp"])
            Judge.Refuses((Small with { Instead = (type, Box("free")) }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { InMeta = FullBox("pitm", 0, 0, Half(1)) }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { AtEnd = FullBox("meta", 0, 0, Handler("pict")) }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void A_handler_is_as_long_as_its_fields_its_name_ends_and_there_is_one()
    {
        HeicBuilder With(byte[] handler) => Small with { Instead = ("hdlr", handler) };
        byte[] fields = [.. new byte[4], .. Ascii("pict"), .. new byte[12]];

        Judge.Accepts(With(FullBox("hdlr", 0, 0, fields)).Build(), policy: Allowed);
        Judge.Accepts(With(Handler("pict", "a name")).Build(), policy: Allowed);
        Judge.Refuses(With(FullBox("hdlr", 0, 0, fields[..^1])).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(FullBox("hdlr", 0, 0, fields[..8])).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(FullBox("hdlr", 0, 0, fields, Ascii("a name"))).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { InMeta = Handler("pict") }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Which_picture_has_which_properties_is_said_once_for_each_behind_the_properties_and_nowhere_else()
    {
        var none = FullBox("ipma", 0, 0, Word(0));
        var grid = FullBox("ipma", 0, 0, Word(1), Half(HeicBuilder.Grid), [1, 0x81]);
        HeicBuilder[] wrong =
        [
            Small with { InMeta = none }, Small with { InMeta = Box("ipco") }, Small with { AtEnd = none }, Small with { InProperties = none }, Small with { InProperties = Box("ipco") },
            Small with { AfterAssociations = grid }, Small with { AfterAssociations = Box("ipco") }, Small with { AfterAssociations = FullBox("ipma", 2, 0, Word(0)) },
            Small with { Instead = ("iprp", Box("iprp", Box("ipco", HeicBuilder.Size(1500, 1000), HeicBuilder.Size(512, 512), HeicBuilder.Configuration))) },
            Small with { Instead = ("iprp", Box("iprp", grid, Box("ipco", HeicBuilder.Size(1500, 1000)))) },
        ];

        Judge.Accepts((Small with { AfterAssociations = none }).Build(), policy: Allowed);
        Judge.Accepts((Small with { AfterAssociations = FullBox("ipma", 0, 0, Word(1), Half(HeicBuilder.Exif), [1, 0]) }).Build(), policy: Allowed);
        Assert.All(wrong, heic => Judge.Refuses(heic.Build(), Reasons.BadStructure, Allowed));
    }

    [Theory]
    [InlineData("mime", "application/rdf+xml\0", true)]
    [InlineData("mime", "application/rdf+xml\0\0", true)]
    [InlineData("mime", "application/rdf+xml\0gzip\0", false)]
    [InlineData("mime", "application/rdf+xml\0deflate", false)]
    [InlineData("mime", "application/rdf+xml", false)]
    [InlineData("mime", "", false)]
    [InlineData("Exif", "", true)]
    public void Names_and_types_of_items_end_and_their_content_is_not_compressed(string type, string contentType, bool passes)
    {
        var box = Infos(type, contentType);

        if (passes)
            Judge.Accepts((Small with { Instead = ("iinf", box), XmpData = type is "Exif" ? "\0\0\0\0II*\0\0\0\0\0" : "<x a='a'/>" }).Build(), policy: Allowed);
        else
            Judge.Refuses((Small with { Instead = ("iinf", box) }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Lists_of_a_description_stand_nowhere_else()
    {
        foreach (var type in (string[])["pitm", "iinf", "infe", "iloc", "iprp", "ipco", "ipma", "iref", "idat", "hdlr", "dinf"])
            Judge.Refuses((Small with { AtEnd = Box(type, new byte[30]) }).Build(), Reasons.BadStructure, Allowed);
        foreach (var type in (string[])["pitm", "infe", "iloc", "ipco", "ipma", "iref", "hdlr"])
            Judge.Refuses((Small with { InProperties = Box(type, new byte[30]) }).Build(), Reasons.BadStructure, Allowed);
        Judge.Accepts(new Mp4Builder { InMovie = FullBox("meta", 0, 0, Handler("mdir"), FullBox("pitm", 0, 0, Half(1)), FullBox("iinf", 0, 0, Half(0)), Box("idat")) }.Build(), policy: Allowed);
    }

    [Fact]
    public void A_coded_picture_has_a_size_and_what_its_decoder_needs()
    {
        HeicBuilder Tiles(params int[] properties) => Small with { TileProperties = properties, InProperties = Box("pixi", new byte[8]) };

        Judge.Accepts(Tiles(4, 3, 2).Build(), policy: Allowed);
        Judge.Refuses(Tiles(2).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(Tiles(2, 4).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(Tiles(3).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(Tiles().Build(), Reasons.BadStructure, Allowed);
    }

    [Theory]
    [InlineData(true, "01 000000000000000000000000000000000000000000 00")]
    [InlineData(true, "01 000000000000000000000000000000000000000000 02 A0 0001 0002 4001 A2 0002 0001 44 0000")]
    [InlineData(false, "01 000000000000000000000000000000000000000000")]
    [InlineData(false, "00 000000000000000000000000000000000000000000 00")]
    [InlineData(false, "01 000000000000000000000000000000000000000000 00 00")]
    [InlineData(false, "01 000000000000000000000000000000000000000000 01")]
    [InlineData(false, "01 000000000000000000000000000000000000000000 01 A0 0001")]
    [InlineData(false, "01 000000000000000000000000000000000000000000 01 A0 0001 0003 4001")]
    [InlineData(false, "01 000000000000000000000000000000000000000000 01 A0 0001 0001 4001")]
    public void What_an_HEVC_decoder_is_told_fills_its_box(bool passes, string content)
    {
        var heic = (Small with { InProperties = Box("hvcC", Convert.FromHexString(content.Replace(" ", "", StringComparison.Ordinal))), TileProperties = [2, 4] }).Build();

        if (passes)
            Judge.Accepts(heic, policy: Allowed);
        else
            Judge.Refuses(heic, Reasons.BadStructure, Allowed);
    }

    [Theory]
    [InlineData("irot", "01", "0100")]
    [InlineData("imir", "01", "")]
    [InlineData("pasp", "0000000100000001", "00000001")]
    [InlineData("clap", "0000000100000001000000010000000100000001000000010000000100000001", "00000001")]
    [InlineData("colr", "6E636C78 0001 000D 0006 80", "6E636C78 0001 000D 0006")]
    [InlineData("colr", "70726F66 0001", "705A6F66 0001")]
    [InlineData("colr", "72494343", "724943")]
    public void Properties_have_the_fields_of_their_kind(string type, string whole, string broken)
    {
        byte[] With(string content) => (Small with { InProperties = Box(type, Convert.FromHexString(content.Replace(" ", "", StringComparison.Ordinal))) }).Build();

        Judge.Accepts(With(whole), policy: Allowed);
        Judge.Refuses(With(broken), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Pictures_are_made_of_pictures_and_not_of_themselves()
    {
        const int Tile = 10;
        byte[] Made(int of, params int[] from) => Box("dimg", Half(of), Half(from.Length), [.. from.SelectMany(Half)]);
        byte[] With(params byte[][] references) => (Small with { Rows = 1, Columns = 1, Instead = ("iref", FullBox("iref", 0, 0, references)) }).Build();

        Judge.Accepts(With(Made(HeicBuilder.Grid, Tile)), policy: Allowed);
        Judge.Refuses(With(Made(HeicBuilder.Grid, HeicBuilder.Exif)), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(Made(HeicBuilder.Grid, HeicBuilder.Grid)), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(Made(HeicBuilder.Grid, Tile), Made(Tile, HeicBuilder.Grid)), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(Made(HeicBuilder.Grid, Tile), Made(Tile, HeicBuilder.Exif)), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(Made(HeicBuilder.Grid), Made(HeicBuilder.Grid, Tile)), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(Made(HeicBuilder.Exif, Tile), Made(HeicBuilder.Grid, Tile)), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Places_outside_the_media_data_are_refused()
    {
        foreach (var shift in (int[])[-1, 1, -5000, 5000])
            Judge.Refuses((Small with { Shift = shift }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Grids_that_do_not_fit_their_tiles_or_their_size_are_refused()
    {
        byte[][] wrong =
        [
            (Small with { Tiles = 5 }).Build(),
            (Small with { GridData = [0, 0, 1, 2, .. Half(1501), .. Half(1000)] }).Build(),
            (Small with { GridData = [1, 0, 1, 2, .. Half(1500), .. Half(1000)] }).Build(),
            (Small with { GridData = [0, 1, 1, 2, .. Half(1500), .. Half(1000)] }).Build(),
            (Small with { GridData = [0, 0, 1] }).Build(),
        ];

        Assert.All(wrong, heic => Judge.Refuses(heic, Reasons.BadStructure, Allowed));
        Judge.Refuses((Small with { GridData = [0, 0, 1, 2, .. Half(65_535), .. Half(1000)] }).Build(), Reasons.TooManyPixels, Allowed);
    }

    [Fact]
    public void Pixels_are_limited_in_each_picture_and_in_all()
    {
        Judge.Refuses((Small with { Width = 9000, Height = 9000 }).Build(), Reasons.TooManyPixels, Allowed);
        Judge.Refuses((Small with { InProperties = HeicBuilder.Size(30_001, 1) }).Build(), Reasons.TooManyPixels, Allowed);
        Judge.Accepts((Small with { Rows = 9, Columns = 10, Width = 512, Height = 512 }).Build(), policy: Allowed with { MaxPixels = 512 * 512 * 10 });
        Judge.Refuses((Small with { Rows = 10, Columns = 10, Width = 512, Height = 512 }).Build(), Reasons.ExpandsTooMuch, Allowed with { MaxPixels = 512 * 512 * 10 });
    }

    [Fact]
    public void Scripts_in_EXIF_XMP_and_properties_are_refused()
    {
        byte[] exif = [0, 0, 0, 0, .. "II*\0\x08\0\0\0\x01\0\x0E\x01\x02\0\x08\0\0\0\x1A\0\0\0\0\0\0\0<?= 1 ?>"u8];

        Judge.Refuses((Small with { ExifData = exif }).Build(), Reasons.ScriptInMetadata, Allowed);
        Judge.Refuses((Small with { XmpData = "<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='&lt;script&gt;'/>" }).Build(), Reasons.ScriptInMetadata, Allowed);
        Judge.Refuses((Small with { InProperties = Box("udes", Ascii("<script>")) }).Build(), Reasons.ScriptInMetadata, Allowed);
        Judge.Refuses((Small with { InProperties = Box("udes", Ascii("\0\0\0\0en\0<svg >\0")) }).Build(), Reasons.ScriptInMetadata, Allowed);
        Judge.Refuses((Small with { ExifData = [0, 0, 1, 0, 1] }).Build(), Reasons.BadStructure, Allowed);
    }

    [Theory]
    [InlineData("application/rdf+xml", "<x a='&lt;script&gt;'/>")]
    [InlineData("Application/RDF+xml", "<x a='&lt;script&gt;'/>")]
    [InlineData(" application/rdf+xml", "<x a='&lt;script&gt;'/>")]
    [InlineData("text/xml", "<x a='&lt;script&gt;'/>")]
    [InlineData("application/rdf+xml", "Anna <x a='&lt;script&gt;'/>")]
    [InlineData("application/octet-stream", "\uFEFF \r\n<x a='&lt;script&gt;'/>")]
    [InlineData("application/octet-stream", "\u0001\u0002<?xpacket begin=''?><x a='&lt;script&gt;'/>")]
    [InlineData("text/plain", "<svg >")]
    public void An_item_that_is_XMP_or_a_text_for_any_reader_is_judged_as_that(string contentType, string content)
    {
        HeicBuilder With(string data) => Small with { Instead = ("iinf", Infos("mime", contentType + '\0')), XmpData = data };

        Judge.Refuses(With(content).Build(), Reasons.ScriptInMetadata, Allowed);
        Judge.Accepts(With("<x a='&lt;3'/>").Build(), policy: Allowed);
    }

    [Fact]
    public void Names_of_items_are_short()
    {
        HeicBuilder With(int length) => Small with { Instead = ("iinf", Infos("mime", "application/rdf+xml\0", new string('a', length))) };

        Judge.Accepts(With(900).Build(), policy: Allowed);
        Judge.Refuses(With(1100).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void EXIF_is_found_where_its_number_says_and_where_its_name_stands()
    {
        byte[] tiff = [.. "II*\0\x08\0\0\0\x01\0\x0E\x01\x02\0\x08\0\0\0\x1A\0\0\0\0\0\0\0<svg x>\0"u8];
        byte[] harmless = [.. "Exif\0\0II*\0\0\0\0\0"u8];

        foreach (var exif in (byte[][])[[0, 0, 0, 0, .. "Exif\0\0"u8, .. tiff], [0, 0, 0, 3, .. "Exif\0\0"u8, .. tiff], [0, 0, 0, (byte)harmless.Length, .. harmless, .. tiff]])
            Judge.Refuses((Small with { ExifData = exif }).Build(), Reasons.ScriptInMetadata, Allowed);
        Judge.Accepts((Small with { ExifData = [0, 0, 0, 3, .. harmless] }).Build(), policy: Allowed);
    }

    [Fact]
    public void A_picture_lists_one_of_its_brands_among_those_that_it_is_compatible_with()
    {
        HeicBuilder With(string major, string compatible) => Small with { FileType = Box("ftyp", Ascii(major), Word(0), Ascii(compatible)) };

        Judge.Accepts(With("heic", "heic").Build(), policy: Allowed);
        Judge.Accepts(With("heic", "    mif1").Build(), policy: Allowed);
        Judge.Refuses(With("heic", "isom").Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(With("heic", "").Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(With("mif1", "m\u0080\0\0\0eic").Build(), Reasons.BadStructure, Allowed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_overlay_s_canvas_is_within_the_limits_and_as_large_as_its_property_says(int flags)
    {
        byte[] Number(int value) => flags == 0 ? Half(value) : Word(value);
        byte[] Canvas(int width, int height, int pictures) => [0, (byte)flags, .. new byte[8], .. Number(width), .. Number(height), .. new byte[pictures * 2 * Number(0).Length]];
        var overlay = Small with { GridType = "iovl", Rows = 1, Columns = 2 };
        byte[] With(byte[] canvas) => (overlay with { GridData = canvas }).Build();

        Judge.Accepts(With(Canvas(overlay.Width, overlay.Height, 2)), policy: Allowed);
        Judge.Refuses(With(Canvas(29_000, 29_000, 2)), Reasons.TooManyPixels, Allowed);
        Judge.Refuses(With(Canvas(overlay.Width - 1, overlay.Height, 2)), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(Canvas(overlay.Width, overlay.Height, 3)), Reasons.BadStructure, Allowed);
        Judge.Refuses(With([1, .. Canvas(overlay.Width, overlay.Height, 2)[1..]]), Reasons.BadStructure, Allowed);
        Judge.Refuses(With(new byte[8]), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void What_is_fetched_from_elsewhere_or_protected_is_refused()
    {
        Judge.Refuses((Small with { Source = FullBox("url ", 0, 0, Ascii("http://example.org/\0")) }).Build(), Reasons.ActiveContent, Allowed);
        var infos = FullBox("iinf", 0, 0, Half(1), HeicBuilder.Info(HeicBuilder.Grid, "grid", protection: 1));
        Judge.Refuses((Small with { Instead = ("iinf", infos) }).Build(), Reasons.Encrypted, Allowed);
    }

    [Fact]
    public void An_address_beside_data_that_is_here_ends()
    {
        Judge.Accepts((Small with { Source = FullBox("url ", 0, 1, Ascii("here\0")) }).Build(), policy: Allowed);
        Judge.Refuses((Small with { Source = FullBox("url ", 0, 1, Ascii("here")) }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void A_motion_photos_video_begins_as_one_and_holds_only_boxes()
    {
        Judge.Refuses((Small with { AtEnd = Box("mpvd", Video[16..]) }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { AtEnd = Box("mpvd", Video, [1, 2, 3]) }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { AtEnd = Box("mpvd", Video, Box("free", Ascii("<script>"))) }).Build(), Reasons.ScriptInMetadata, Allowed);
    }

    [Fact]
    public void A_deadline_that_has_passed_ends_the_walk()
    {
        foreach (var file in new[] { Valid[0], new Mp4Builder().Build() })
        {
            using var inspection = new Inspector(Allowed).Begin(filename: null);
            Assert.Null(inspection.Write(file));

            Assert.Throws<OperationCanceledException>(() => inspection.Complete(new MemoryFile(file), new CancellationToken(canceled: true)));
        }
    }

    [Fact]
    public void Padding_that_is_no_padding_and_media_data_that_nothing_uses_are_limited()
    {
        var noise = new byte[70_000];
        new Random(3).NextBytes(noise);
        byte[][] wrong = [Box("free", noise), Box("mdat", noise), Box("mpvd", Video, Box("skip", noise))];

        Assert.All(wrong, box => Judge.Refuses((Small with { AtEnd = box }).Build(), Reasons.EmbeddedFile, Allowed));
    }

    [Fact]
    public void Unknown_boxes_and_descriptions_are_limited()
    {
        Judge.Refuses((Small with { InMeta = Box("what", new byte[64 * 1024]) }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses((Small with { ExifData = new byte[(2 * 1024 * 1024) + 1] }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses((Small with { Tiles = 4094 }).Build(), Reasons.BadStructure, Allowed);
    }

    /// <summary>The usual items, of which one is of another kind.</summary>
    private static byte[] Infos(string type, string contentType, string behindName = "")
    {
        byte[] infos = [.. HeicBuilder.Info(HeicBuilder.Grid, "grid", behindName), .. HeicBuilder.Info(HeicBuilder.Exif, "Exif"), .. HeicBuilder.Info(HeicBuilder.Xmp, type, contentType), .. Enumerable.Range(10, 6).SelectMany(t => HeicBuilder.Info(t, "hvc1"))];
        return FullBox("iinf", 0, 0, Half(9), infos);
    }
}
