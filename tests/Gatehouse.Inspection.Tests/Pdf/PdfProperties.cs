using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

public sealed class PdfProperties
{
    [Fact]
    public void Any_document_of_every_make_is_accepted_however_it_is_cut() => Property.Holds(200, random =>
    {
        var file = PdfSamples.Random(random);

        Judge.Accepts(file);
        Assert.IsType<Verdict.Accept>(Judge.InPieces(file, Property.Pieces(random)));
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void One_that_opens_with_the_empty_password_is_looked_through_and_accepted(int revision) =>
        Property.Holds(3, random => Judge.Accepts(PdfSamples.Locked(revision, random)));

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void So_is_one_that_the_owner_s_empty_password_opens(int revision) =>
        Property.Holds(3, random => Judge.Accepts(PdfSamples.Locked(revision, random, byOwner: true)));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void And_refused_for_a_script_in_an_encrypted_string(int revision)
    {
        var cipher = new PdfLock(revision, new Random(revision));
        var address = Convert.ToHexString(cipher.Encrypt("javascript:alert(1)"u8.ToArray(), 4));
        var id = Convert.ToHexString(cipher.Id);
        var file = new PdfBuilder().Object(4, $"<</S/URI/URI<{address}>>>").Object(5, cipher.Dictionary).End($"/Encrypt 5 0 R/ID[<{id}><{id}>]");

        Judge.Refuses(file, Reasons.ActiveContent);
    }

    /// <summary>Readers that follow the cross-reference show nothing of it.</summary>
    [Fact]
    public void A_cross_reference_without_the_catalog_is_refused()
    {
        var packed = PdfSamples.Packed(new Random(3));
        var at = packed.AsSpan().LastIndexOf("startxref"u8);

        Judge.Refuses([.. packed[..at], .. "startxref\n7\n%%EOF\n"u8], Reasons.BadStructure);
        Judge.Refuses(new PdfBuilder(new Dictionary<int, string> { [2] = PdfBuilder.Skeleton[2], [3] = PdfBuilder.Skeleton[3] }).Text("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n").End(), Reasons.BadStructure);
    }

    [Fact]
    public void Packed_objects_that_need_a_dictionary_of_the_compressor_are_refused_and_nothing_fails()
    {
        byte[] preset = [0x78, 0xBB, 1, 2, 3, 4, 1, 2, 3];

        Judge.Refuses(new PdfBuilder().Stream(4, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", preset).End(), Reasons.BadStructure);
    }

    /// <summary>Readers that rebuild a cross-reference do not look into object streams.</summary>
    [Fact]
    public void A_catalog_that_only_a_stream_holds_and_no_cross_reference_leads_to_is_refused()
    {
        var packed = PdfSamples.Packed(new Random(3));
        var at = packed.AsSpan().LastIndexOf("startxref"u8);

        Judge.Refuses([.. packed[..at], .. "trailer\n<</Root 1 0 R>>\nstartxref\n7\n%%EOF\n"u8], Reasons.BadStructure);
    }

    [Theory]
    [InlineData("%PDF-1")]
    [InlineData("%PDF-1x7")]
    [InlineData("%PDF-1.x")]
    public void A_header_without_a_version_is_refused(string header) =>
        Judge.Refuses([.. System.Text.Encoding.ASCII.GetBytes(header), .. PdfBuilder.With("null")[8..]], Reasons.BadStructure);

    [Fact]
    public void A_string_of_digits_that_are_none_is_refused() => Judge.Refuses(PdfBuilder.With("<</A<4G>>>"), Reasons.BadStructure);
}
