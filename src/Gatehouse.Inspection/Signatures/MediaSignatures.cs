using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>Sound and film.</summary>
internal static class MediaSignatures
{
    private static readonly NamedType Avi = Film("video/x-msvideo", "AVI video");
    private static readonly NamedType Matroska = Film("video/x-matroska", "Matroska video (MKV)");
    private static readonly NamedType WebM = Film("video/webm", "WebM video");
    private static readonly NamedType FlashVideo = Film("video/x-flv", "Flash video");
    private static readonly NamedType Mpeg = Film("video/mpeg", "MPEG video");
    private static readonly NamedType WindowsMedia = Film("video/x-ms-asf", "Windows Media recording");
    private static readonly NamedType Wave = Sound("audio/wav", "WAV recording");
    private static readonly NamedType Mp3 = Sound("audio/mpeg", "MP3 recording");
    private static readonly NamedType Ogg = Sound("audio/ogg", "Ogg recording");
    private static readonly NamedType Flac = Sound("audio/flac", "FLAC recording");
    private static readonly NamedType Amr = Sound("audio/amr", "voice recording (AMR)");
    private static readonly NamedType Aac = Sound("audio/aac", "AAC recording");
    private static readonly NamedType Midi = Sound("audio/midi", "MIDI file");
    private static readonly NamedType Aiff = Sound("audio/aiff", "AIFF recording");

    public static NamedType? Match(ReadOnlySpan<byte> p)
    {
        if (At(p, 4, "ftyp"u8) || At(p, 4, "moov"u8) || At(p, 4, "mdat"u8) || At(p, 4, "wide"u8))
            return IsoMediaKinds.Match(p);
        return p[0] switch
        {
            (byte)'R' when At(p, 0, "RIFF"u8) && At(p, 8, "AVI LIST"u8) => Avi,
            (byte)'R' when At(p, 0, "RIFF"u8) && At(p, 8, "WAVE"u8) => Wave,
            0x1A when At(p, 1, [0x45, 0xDF, 0xA3]) => p[..Math.Min(p.Length, 64)].IndexOf("webm"u8) >= 0 ? WebM : Matroska,
            (byte)'F' when At(p, 0, [.. "FLV"u8, 1]) => FlashVideo,
            (byte)'F' when At(p, 0, "FORM"u8) && At(p, 8, "AIF"u8) => Aiff,
            0 when At(p, 1, [0, 1, 0xBA]) || At(p, 1, [0, 1, 0xB3]) => Mpeg,
            0x30 when At(p, 1, [0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) => WindowsMedia,
            (byte)'I' when IsId3(p) => Mp3,
            0xFF when IsMp3Frames(p) => Mp3,
            0xFF when IsAdts(p) => Aac,
            (byte)'O' when At(p, 0, "OggS\0"u8) => Ogg,
            (byte)'f' when At(p, 0, "fLaC"u8) && (U8(p, 4) & 0x7F) == 0 && BigU32(p, 4) << 8 == 34u << 8 => Flac,
            (byte)'#' when At(p, 0, "#!AMR\n"u8) || At(p, 0, "#!AMR-WB\n"u8) => Amr,
            (byte)'M' when At(p, 0, [.. "MThd"u8, 0, 0, 0, 6]) => Midi,
            _ => null,
        };
    }

    /// <summary>ID3v2, section 3.1: a known version, no undefined flag, a size of four 7-bit bytes.</summary>
    private static bool IsId3(ReadOnlySpan<byte> p) =>
        At(p, 0, "ID3"u8) && p.Length >= 10 && U8(p, 3) is >= 2 and <= 4 && p[4] < 0xFF && (p[5] & 0x0F) == 0 && (BigU32(p, 6) & 0x80808080) == 0;

    /// <summary>Two frames in a row (ISO 11172-3, 2.4.2.3): eleven bits alone are too few.</summary>
    private static bool IsMp3Frames(ReadOnlySpan<byte> p)
    {
        var length = Mp3FrameLength(p, 0);
        return length > 0 && Mp3FrameLength(p, length) > 0;
    }

    private static int Mp3FrameLength(ReadOnlySpan<byte> p, int at)
    {
        var header = BigU32(p, at);
        var version = (int)(header >> 19) & 3;
        var rate = (int)(header >> 12) & 15;
        var frequency = (int)(header >> 10) & 3;
        if (header >> 21 != 0x7FF || version == 1 || ((header >> 17) & 3) != 1 || rate is 0 or 15 || frequency == 3)
            return 0;
        ReadOnlySpan<ushort> first = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        ReadOnlySpan<ushort> second = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        ReadOnlySpan<int> hertz = [44100, 48000, 32000];
        var samples = version == 3 ? 144 : 72;
        var divisor = hertz[frequency] >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        var bits = (version == 3 ? first[rate] : second[rate]) * 1000;
        return (samples * bits / divisor) + (int)((header >> 9) & 1);
    }

    /// <summary>ISO 13818-7, 6.2: two headers, the first's frame length leading to the second.</summary>
    private static bool IsAdts(ReadOnlySpan<byte> p)
    {
        if ((BigU32(p, 0) & 0xFFF60000) != 0xFFF00000)
            return false;
        var length = (int)(((ulong)BigU32(p, 3) >> 13) & 0x1FFF);
        return length > 7 && (BigU32(p, length) & 0xFFF60000) == 0xFFF00000;
    }

    private static NamedType Film(string mime, string name) => new(
        mime, name, $"This is {Article(name)} {name}. Videos cannot be sent here: send a picture of what it shows, or describe it in a message.");

    private static NamedType Sound(string mime, string name) =>
        new(mime, name, $"This is {Article(name)} {name}. Recordings cannot be sent here: write down what it says and send that.");

    private static string Article(string name) => name[0] is 'A' or 'O' || name.StartsWith("MP", StringComparison.Ordinal) ? "an" : "a";
}
