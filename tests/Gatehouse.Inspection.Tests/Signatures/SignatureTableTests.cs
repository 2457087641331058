using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Tests.Signatures;

public sealed class SignatureTableTests
{
    public static TheoryData<byte[], string> Types => new()
    {
        { [0, 0, 0, 24, .. "ftypheic\0\0\0\0mif1heic"u8], "image/heic" },
        { [0, 0, 0, 24, .. "ftypmif1\0\0\0\0mif1avif"u8], "image/avif" },
        { [0, 0, 0, 24, .. "ftypisom\0\0\0\0isommp42"u8], "video/mp4" },
        { [0, 0, 0, 20, .. "ftypqt  \0\0\0\0qt  "u8], "video/quicktime" },
        { [.. "GIF89a"u8, 1, 0, 1, 0], "image/gif" },
        { [.. "RIFF"u8, 1, 0, 0, 0, .. "WEBPVP8L"u8], "image/webp" },
        { [.. "RIFF"u8, 1, 0, 0, 0, .. "WAVEfmt "u8], "audio/wav" },
        { [.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0], "image/bmp" },
        { [.. "ID3"u8, 3, 0, 0, 0, 0, 1, 1], "audio/mpeg" },
        { [.. "PK\u0003\u0004"u8, 20, 0, 0, 0, 0, 0, .. new byte[16], 5, 0, 0, 0, .. "a.txt"u8], "application/zip" },
        { [.. "PK\u0003\u0004"u8, 20, 0, 0, 0, 0, 0, .. new byte[16], 8, 0, 0, 0, .. "word/a.x"u8], "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { [.. "Rar!\u001a\u0007\u0000"u8], "application/vnd.rar" },
        { [.. "RE~^"u8, 7, 0, 0xC0, 7], "application/vnd.rar" },
        { [.. "PK\u0003\u0004"u8, 20, 0, 0, 0, 0, 0, .. new byte[16], 0, 0, 0, 0, .. "7z"u8], "application/zip" },
        { [0x1F, 0x8B, 8, 0, 0, 0], "application/gzip" },
        { [0x7F, .. "ELF"u8, 2, 1, 1], "application/x-elf" },
        { [.. "SQLite format 3\0"u8], "application/vnd.sqlite3" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_is_named_by_its_header_with_what_to_do(byte[] start, string mime)
    {
        var named = SignatureTable.Identify(start);
        Assert.Equal(mime, named?.Mime);
        Assert.StartsWith("This is ", named?.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BM is how I sign my letters, always")]
    [InlineData("MZ is my initials; please call me back today, or tomorrow after ten, if you can; thanks")]
    [InlineData("PK is how my friends call me, since 1990")]
    [InlineData("ID3 Volkswagen lease contract question")]
    [InlineData("RIFF with the neighbours")]
    [InlineData("FWS and CWS are railway lines")]
    [InlineData("BZh is a code")]
    public void A_text_that_begins_like_a_signature_has_none(string text) =>
        Assert.True(SignatureTable.Identify(System.Text.Encoding.ASCII.GetBytes(text)) is null);
}
