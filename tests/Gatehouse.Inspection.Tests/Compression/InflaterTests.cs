using System.IO.Compression;
using Gatehouse.Inspection.Compression;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Compression;

public sealed class InflaterTests
{
    [Fact]
    public void What_the_framework_deflates_is_inflated_to_the_same_bytes_however_it_is_cut() => Property.Holds(150, random =>
    {
        var data = Mixed(random);
        var level = (CompressionLevel)random.Next(4);
        var zlib = random.Next(3) == 0 ? Deflated.Zlib(data, (DeflateKind)random.Next(2), random.Next(1, 65536)) : Deflated.Framework(data, level);

        var (status, inflated, rest) = Inflate([.. zlib, 1, 2, 3], Property.Pieces(random));

        Assert.Equal(InflateStatus.Ended, status);
        Assert.Equal(data, inflated);
        Assert.Equal([1, 2, 3], rest);
    });

    [Fact]
    public void A_changed_byte_never_passes_for_the_same_data() => Property.Holds(150, random =>
    {
        var data = Mixed(random);
        var zlib = Deflated.Framework(data, CompressionLevel.Optimal);
        zlib[random.Next(2, zlib.Length)] ^= (byte)random.Next(1, 256);

        var (status, inflated, _) = Inflate(zlib, Property.Pieces(random));

        Assert.True(status != InflateStatus.Ended || inflated.AsSpan().SequenceEqual(data));
    });

    [Fact]
    public void A_match_that_reaches_before_the_first_byte_is_damage()
    {
        var bits = new BitWriter();
        bits.Write(0b011, 3);
        bits.WriteCode(0x30 + 'a', 8);
        bits.WriteCode(1, 7); // length 3
        bits.WriteCode(1, 5); // distance 2, with one byte written
        bits.WriteCode(0, 7);

        Assert.Equal(InflateStatus.Damaged, Inflate([0x78, 0x01, .. bits.ToArray(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [100]).Status);
        Assert.Equal(InflateStatus.Damaged, Inflate([0x78, 0x01, .. bits.ToArray()], [1]).Status);
    }

    [Theory]
    [InlineData(new byte[] { 0x78, 0x02 })] // check bits
    [InlineData(new byte[] { 0x79, 0x01 })] // method
    [InlineData(new byte[] { 0x78, 0x20 })] // preset dictionary
    [InlineData(new byte[] { 0x88, 0x1C })] // 64 KB window
    [InlineData(new byte[] { 0x78, 0x01, 0x07 })] // block type 3
    [InlineData(new byte[] { 0x78, 0x01, 0x01, 5, 0, 5, 0 })] // length and complement
    public void Headers_that_the_standard_forbids_are_damage(byte[] zlib) => Assert.Equal(InflateStatus.Damaged, Inflate(zlib, [1]).Status);

    [Fact]
    public void The_checksum_is_the_same_as_one_taken_byte_by_byte() => Property.Holds(100, random =>
    {
        var data = new byte[random.Next(20_000)];
        random.NextBytes(data);
        if (random.Next(2) == 0)
            data.AsSpan().Fill(255);
        var cut = random.Next(data.Length + 1);

        var adler = Adler32.Update(Adler32.Update(Adler32.Initial, data.AsSpan(0, cut)), data.AsSpan(cut));

        Assert.Equal(Deflated.Adler(data), adler);
    });

    private static (InflateStatus Status, byte[] Inflated, byte[] Behind) Inflate(byte[] zlib, int[] pieces)
    {
        var sink = new Collector();
        using var inflater = new ZlibInflater(sink);
        var status = InflateStatus.NeedsInput;
        var rest = new List<byte>();
        for (var (at, piece) = (0, 0); at < zlib.Length; piece++)
        {
            ReadOnlySpan<byte> input = zlib.AsSpan(at, Math.Min(pieces[piece % pieces.Length], zlib.Length - at)).ToArray();
            at += input.Length;
            if (status == InflateStatus.NeedsInput)
                status = inflater.Inflate(ref input);
            rest.AddRange(input.ToArray());
        }

        return (status, sink.Bytes.ToArray(), [.. rest]);
    }

    /// <summary>Noise, runs and repeats from near and far, so that every kind of block and match occurs.</summary>
    private static byte[] Mixed(Random random)
    {
        var data = new List<byte>();
        // At least one byte: the framework makes no stream of nothing.
        var length = random.Next(4) == 0 ? random.Next(1, 200_000) : random.Next(1, 5_000);
        while (data.Count < length)
        {
            var run = random.Next(1, 2000);
            switch (random.Next(3))
            {
                case 0:
                    var noise = new byte[run];
                    random.NextBytes(noise);
                    data.AddRange(noise);
                    break;
                case 1:
                    data.AddRange(Enumerable.Repeat((byte)random.Next(256), run));
                    break;
                default:
                    var from = random.Next(data.Count + 1);
                    data.AddRange([.. data.Skip(from).Take(run)]);
                    data.Add((byte)random.Next(4));
                    break;
            }
        }

        return [.. data];
    }

    private sealed class Collector : IInflateSink
    {
        public MemoryStream Bytes { get; } = new();

        public bool Take(ReadOnlySpan<byte> bytes)
        {
            Bytes.Write(bytes);
            return true;
        }
    }
}
