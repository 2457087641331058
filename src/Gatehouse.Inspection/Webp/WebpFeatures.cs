namespace Gatehouse.Inspection.Webp;

/// <summary>
/// Which parts the canvas's header announces (RFC 9649, 2.7.1) and which there are. Transparency may be announced and not used; that a lossless picture
/// uses it is its own header's matter, and a hint only (3.4): programs that add a description to such a picture do not tell the canvas of it.
/// </summary>
internal sealed class WebpFeatures
{
    private const byte ProfileFlag = 0x20;
    private const byte AlphaFlag = 0x10;
    private const byte ExifFlag = 0x08;
    private const byte XmpFlag = 0x04;
    private const byte Descriptions = ProfileFlag | ExifFlag | XmpFlag;

    private byte? _announced;
    private byte _seen;

    /// <summary>The profile's place, before the animation's header and all pictures, is over (2.7).</summary>
    public bool IsBehindProfile { get; private set; }

    /// <summary>Every part that is there is announced, and every description that is announced is there; without a canvas nothing announces any.</summary>
    public bool Agree => _announced is not { } announced || ((announced & Descriptions) == (_seen & Descriptions) && (_seen & AlphaFlag & ~announced) == 0);

    public void Announce(byte flags) => _announced = flags;

    public void See(uint type)
    {
        IsBehindProfile |= type is WebpChunk.Animation or WebpChunk.Frame or WebpChunk.Alpha or WebpChunk.Lossy or WebpChunk.Lossless;
        _seen |= type switch
        {
            WebpChunk.Profile => ProfileFlag,
            WebpChunk.Alpha => AlphaFlag,
            WebpChunk.Exif => ExifFlag,
            WebpChunk.Xmp => XmpFlag,
            _ => 0,
        };
    }
}
