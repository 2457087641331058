using System.Text;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>A script in packed objects is found through every filter (ISO 32000-1, 7.4); data that a filter cannot undo are not let through.</summary>
public sealed class PdfFilterTests
{
    private const string Script = "<</S/JavaScript/JS(x)>>";

    private static readonly byte[] Packed = Encoding.ASCII.GetBytes("4 0 " + Script);

    public static TheoryData<string, byte[]> Chains() => new()
    {
        { "/ASCII85Decode", Base85(Packed) },
        { "/A85", [.. "<~"u8, .. Base85(Packed)] },
        { "/ASCIIHexDecode", Encoding.ASCII.GetBytes(Convert.ToHexString(Packed).Insert(4, "\n") + ">") },
        { "/RunLengthDecode", RunLength(Packed) },
        { "[/AHx/RL]", Encoding.ASCII.GetBytes(Convert.ToHexString(RunLength(Packed)) + ">") },
    };

    public static TheoryData<int> RowFilters => [0, 1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_script_is_found_through_a_chain(string filter, byte[] data) => Judge.Refuses(Container($"/Filter{filter}", data), Reasons.ActiveContent);

    [Theory]
    [MemberData(nameof(RowFilters))]
    public void And_through_the_predictors_of_PNG(int kind)
    {
        var rows = Rows(Packed, kind);

        Judge.Refuses(Container("/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 9>>", PdfBuilder.Deflate(rows)), Reasons.ActiveContent);
    }

    [Fact]
    public void And_through_that_of_TIFF()
    {
        var bytes = Pad(Packed, 9);
        for (var i = bytes.Length - 1; i >= 0; i--)
            bytes[i] -= i % 9 == 0 ? (byte)0 : bytes[i - 1];

        Judge.Refuses(Container("/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 9>>", PdfBuilder.Deflate(bytes)), Reasons.ActiveContent);
        Judge.Refuses(Container("/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 9/BitsPerComponent 16>>", PdfBuilder.Deflate(Packed)), Reasons.BadStructure);
    }

    [Theory]
    [InlineData("/Filter/ASCIIHexDecode", "4 0 G")]
    [InlineData("/Filter/ASCII85Decode", "v~>")]
    [InlineData("/Filter/DCTDecode", "x")]
    [InlineData("/Filter/Unheard", "x")]
    [InlineData("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 0>>", "x")]
    [InlineData("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1048577>>", "x")]
    [InlineData("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1048576/Colors 32>>", "x")]
    public void Packed_objects_that_cannot_be_read_are_refused(string entries, string data) =>
        Judge.Refuses(Container(entries, Encoding.ASCII.GetBytes(data)), Reasons.BadStructure);

    /// <summary>Rows of two pixels of three colours of four bits, the last the first with a difference for each byte: a reader takes two bytes for a pixel.</summary>
    [Fact]
    public void A_pixel_of_a_byte_and_a_half_counts_as_two()
    {
        var rows = new List<byte>();
        foreach (var row in Pad(Packed, 3).Chunk(3))
            rows.AddRange([1, row[0], row[1], (byte)(row[2] - row[0])]);
        Judge.Refuses(Container("/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 3/BitsPerComponent 4/Columns 2>>", PdfBuilder.Deflate([.. rows])), Reasons.ActiveContent);
    }

    [Theory]
    [InlineData("/Filter[/FlateDecode]/DecodeParms<</Predictor 15/Columns 9>>")]
    [InlineData("/Filter/FlateDecode/DecodeParms[<</Predictor 15/Columns 9>>]")]
    [InlineData("/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 9/Columns 8>>")]
    [InlineData("/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 9.5>>")]
    [InlineData("/Filter/FlateDecode/DecodeParms<</Predictor 5/Columns 9>>")]
    public void Parameters_that_some_readers_do_not_apply_are_refused(string entries)
    {
        var rows = PdfBuilder.Deflate(Rows(Encoding.ASCII.GetBytes("4 0 null"), 2));
        Judge.Accepts(Container("/Filter[/FlateDecode]/DecodeParms[<</Predictor 15/Columns 9>>]", rows));
        Judge.Refuses(Container(entries, rows), Reasons.BadStructure);
    }

    [Fact]
    public void A_row_of_a_type_that_there_is_not_is_refused() =>
        Judge.Refuses(Container("/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 9>>", PdfBuilder.Deflate(Rows(Encoding.ASCII.GetBytes("4 0 null"), 5))), Reasons.BadStructure);

    [Fact]
    public void Inflated_data_count_although_their_checksum_is_wrong_and_not_when_they_break_off()
    {
        var inflates = PdfBuilder.Deflate(Packed);
        inflates[^1]++;
        Judge.Refuses(Container("/Filter/FlateDecode", inflates), Reasons.ActiveContent);

        // A stored block of which the length says two things, behind one that is whole.
        var stored = "4 0 null"u8.ToArray();
        byte[] breaks = [0x78, 0x01, 0, (byte)stored.Length, 0, (byte)~stored.Length, 0xFF, .. stored, 1, 1, 0, 0, 0];
        Judge.Refuses(Container("/Filter/FlateDecode", breaks), Reasons.BadStructure);
    }

    [Fact]
    public void A_code_that_stands_for_nothing_is_refused()
    {
        int[] packed = [256, '7', ' ', '0', ' ', '<', '<', '>', '>'];
        Judge.Accepts(Container("/Filter/LZWDecode", OfNineBits([.. packed, 257])));
        Judge.Refuses(Container("/Filter/LZWDecode", OfNineBits([.. packed, 400, 257])), Reasons.BadStructure);
    }

    [Fact]
    public void Nine_filters_are_too_many() =>
        Judge.Refuses(Container("/Filter[" + string.Concat(Enumerable.Repeat("/AHx", 9)) + "]", Packed), Reasons.ExpandsTooMuch);

    [Fact]
    public void An_object_of_more_values_than_any_has_is_refused() =>
        Judge.Refuses(PdfBuilder.With("[" + string.Concat(Enumerable.Repeat("1 ", 260_000)) + "]"), Reasons.ExpandsTooMuch);

    private static byte[] OfNineBits(int[] codes)
    {
        var bits = string.Concat(codes.Select(c => Convert.ToString(c, 2).PadLeft(9, '0')));
        return [.. bits.PadRight((bits.Length + 7) / 8 * 8, '0').Chunk(8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    private static byte[] Container(string entries, byte[] data) => new PdfBuilder().Stream(5, "/Type/ObjStm/N 1/First 4" + entries, data).End();

    private static byte[] RunLength(byte[] data) => [.. data.Chunk(100).SelectMany(part => new byte[] { (byte)(part.Length - 1) }.Concat(part)), 253, (byte)' ', 128];

    private static byte[] Base85(byte[] data)
    {
        var text = new StringBuilder();
        foreach (var group in data.Concat(new byte[4 - (data.Length % 4)]).Concat(new byte[4]).Chunk(4))
        {
            var value = ((uint)group[0] << 24) | ((uint)group[1] << 16) | ((uint)group[2] << 8) | group[3];
            if (value == 0)
            {
                text.Append('z');
                continue;
            }

            var digits = new char[5];
            for (var i = 4; i >= 0; i--, value /= 85)
                digits[i] = (char)('!' + (value % 85));
            text.Append(digits).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text + "!!~>");
    }

    private static byte[] Pad(byte[] data, int row) => [.. data, .. Enumerable.Repeat((byte)' ', (row - (data.Length % row)) % row)];

    /// <summary>PNG 3rd edition, 9.2: each byte less what the filter expects of its neighbours.</summary>
    private static byte[] Rows(byte[] data, int kind)
    {
        var rows = new List<byte>();
        var above = new byte[9];
        foreach (var row in Pad(data, 9).Chunk(9))
        {
            rows.Add((byte)kind);
            for (var i = 0; i < row.Length; i++)
            {
                int left = i > 0 ? row[i - 1] : 0, corner = i > 0 ? above[i - 1] : 0;
                rows.Add((byte)(row[i] - (kind switch { 1 => left, 2 => above[i], 3 => (left + above[i]) / 2, 4 => Paeth(left, above[i], corner), _ => 0 })));
            }

            above = row;
        }

        return [.. rows];
    }

    private static int Paeth(int left, int up, int corner) =>
        new[] { left, up, corner }.OrderBy(value => Math.Abs(left + up - corner - value)).First();
}
