using System.IO.Pipelines;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Gatehouse.Simulator.Tests.Multipart;

/// <summary>Whatever pieces the network makes of a body, the same file comes out. A failure prints the seed to replay with.</summary>
public sealed class SplitProperties
{
    private static readonly byte[] Boundary = "b0"u8.ToArray();

    // Pieces of delimiters inside the file, so that near misses lie across the seams.
    private static readonly byte[][] Bricks = ["\r\n--b"u8.ToArray(), "\r\n--b1"u8.ToArray(), "\r"u8.ToArray(), "\r\n"u8.ToArray(), "--b0"u8.ToArray(), "x"u8.ToArray(), new byte[300]];

    private static readonly Gen<(byte[] File, int[] Pieces)> Bodies =
        from bricks in Gen.Elements(Bricks).ListOf()
        from pieces in Gen.Choose(1, 40).NonEmptyListOf()
        select (bricks.SelectMany(b => b).ToArray(), pieces.ToArray());

    [Fact]
    public void A_file_comes_out_the_same_however_its_body_was_cut() =>
        Prop.ForAll(Bodies.Where(body => body.File.AsSpan().IndexOf("\r\n--b0"u8) < 0).ToArbitrary(), body => Walk(body.File, body.Pieces) is (null, { } taken)
                && taken.Bytes.Size == body.File.Length && string.Equals(taken.Bytes.Sha256, Convert.ToHexStringLower(SHA256.HashData(body.File)), StringComparison.Ordinal))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_first_delimiter_is_found_wherever_the_seams_lie() =>
        Prop.ForAll(Bodies.ToArbitrary(), body =>
            {
                byte[] whole = [.. body.File, .. "\r\n--b0"u8, .. body.File];
                return DelimiterSearch.Find(Pieces.Of(whole, body.Pieces), "\r\n--b0"u8) == whole.AsSpan().IndexOf("\r\n--b0"u8);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static (string? Problem, TakenFile? File) Walk(byte[] file, int[] pieces)
    {
        byte[] body = [.. "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"u8, .. file, .. "\r\n--b0--\r\n"u8];
        using var intake = new FileIntake(new ImageShelf(new SimulatorOptions()));
        var problem = new MultipartWalk(PipeReader.Create(Pieces.Of(body, pieces)), Boundary, intake).RunAsync(default).AsTask().GetAwaiter().GetResult();
        return (problem, problem is null ? intake.Finish() : null);
    }
}
