using FsCheck;
using FsCheck.Fluent;

namespace Gatehouse.Gateway.Tests.Multipart;

/// <summary>A failing property prints its seed; <c>Config.Replay</c> takes it.</summary>
public sealed class FormReaderProperties
{
    private static readonly byte[][] Bodies =
    [
        Form.Bytes("\r\n" + Form.Field("contact_id", "ada") + Form.File("a\r\n--B\r\n-\n--B\r\r\n--BY") + Form.Field("route", "r") + Form.End),
        Form.Bytes(Form.File("\n--B") + Form.End),
        Form.Bytes(Form.File("", "name=\"file\"; filename=\"\"") + Form.File("\r") + Form.End + "\r\n"),
        .. RefusedForms.All.Where(refused => refused.Body.Length < 2000).Select(refused => Form.Bytes(refused.Body)),
    ];

    [Fact]
    public async Task A_body_read_byte_by_byte_gives_what_it_gives_at_once()
    {
        foreach (var body in Bodies)
            Assert.Equal(await Form.ReadInPiecesAsync(body, []), await Form.ReadInPiecesAsync(body, [.. Enumerable.Range(1, body.Length)]));
    }

    [Fact]
    public void Any_split_of_a_body_into_reads_gives_the_same_result()
    {
        var splits =
            from body in Gen.Elements(Bodies)
            from cuts in Gen.Choose(0, body.Length).ListOf()
            select (Body: body, Cuts: cuts.Order().ToArray());
        Prop.ForAll(splits.ToArbitrary(), async split =>
            Assert.Equal(await Form.ReadInPiecesAsync(split.Body, []), await Form.ReadInPiecesAsync(split.Body, split.Cuts)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Whatever_is_done_to_a_body_its_reading_never_throws_and_is_the_same_in_pieces()
    {
        var mutations =
            from body in Gen.Elements(Bodies)
            from edits in Gen.Zip(Gen.Choose(0, Math.Max(0, body.Length - 1)), Gen.OneOf(Gen.Choose(0, 255), Gen.Elements((int)'\r', '\n', '-', '"', '\\', ';', 0))).NonEmptyListOf()
            from cut in Gen.Choose(0, body.Length)
            select (Body: Mutate(body, edits), Cut: cut);
        Prop.ForAll(mutations.ToArbitrary(), async mutated =>
            Assert.Equal(await Form.ReadInPiecesAsync(mutated.Body, []), await Form.ReadInPiecesAsync(mutated.Body, [mutated.Cut])))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Any_content_arrives_as_it_was_sent()
    {
        // Letters of the delimiter only, so that near misses are common.
        var contents = Gen.Elements('\r', '\n', '-', 'B', 'x').ListOf().Select(letters => new string([.. letters]))
            .Where(content => !(content + "\r\n").Contains("\n--BX", StringComparison.Ordinal));
        Prop.ForAll(contents.ToArbitrary(), async content =>
        {
            var (problem, sink) = await Form.ReadAsync(Form.File(content) + Form.End);
            Assert.Null(problem?.Detail);
            Assert.Equal(Form.Bytes(content), sink.Bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static byte[] Mutate(byte[] body, IEnumerable<(int At, int Value)> edits)
    {
        var copy = body.ToArray();
        foreach (var (at, value) in edits)
            if (at < copy.Length) copy[at] = (byte)value;
        return copy;
    }
}
