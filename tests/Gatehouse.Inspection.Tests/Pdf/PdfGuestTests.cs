using System.Text;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.SecondFormats;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>Other formats in a PDF's raw bytes, where its own readers do not look.</summary>
public sealed class PdfGuestTests
{
    [Theory]
    [InlineData("zip")]
    [InlineData("rar4")]
    [InlineData("rar5")]
    [InlineData("7z")]
    [InlineData("tar")]
    [InlineData("exe")]
    [InlineData("elf")]
    [InlineData("phar")]
    public void Another_format_in_an_unpacked_stream_is_found(string guest)
    {
        Judge.Refuses(new PdfBuilder().Stream(4, "", Guests.All[guest]).End(), Reasons.SecondFormat);
        Judge.Refuses(new PdfBuilder().Stream(4, "/Filter/DCTDecode", [.. "some text"u8, .. Guests.All[guest]]).End(), Reasons.SecondFormat);
    }

    [Theory]
    [InlineData("7z")]
    [InlineData("exe")]
    [InlineData("elf")]
    [InlineData("phar")]
    public void Another_format_in_a_comment_inside_an_object_is_found(string guest)
    {
        Judge.Accepts(PdfBuilder.With("<</A 1 % an honest remark\n>>"));
        Judge.Refuses(PdfBuilder.With($"<</A 1 %{Encoding.Latin1.GetString(Guests.All[guest])}\n>>"), Reasons.SecondFormat);
    }
}
