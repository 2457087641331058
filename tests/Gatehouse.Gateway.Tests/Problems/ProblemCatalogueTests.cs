using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Tests.Problems;

public sealed class ProblemCatalogueTests
{
    /// <summary>The contract's table.</summary>
    private static readonly (int Status, string Codes)[] Contract =
    [
        (400, "file-missing filename-missing file-empty multiple-files multipart-invalid filename-invalid contact-id-missing contact-id-invalid route-field-missing idempotency-key-invalid prefer-invalid"),
        (401, "unauthenticated"), (403, "forbidden"), (404, "contact-not-found upload-not-found"), (408, "upload-too-slow"), (409, "in-progress"), (413, "file-too-large"), (415, "type-not-allowed"),
        (422, "content-damaged content-unsafe idempotency-key-reused"), (429, "quota-exceeded too-many-attempts too-many-uploads-at-once"), (502, "genesys-refused"),
        (503, "busy scanner-unavailable shutting-down"), (500, "internal-error"),
    ];

    [Fact]
    public void The_catalogue_is_the_contracts()
    {
        var expected = Contract.SelectMany(row => row.Codes.Split(' ').Select(code => $"{row.Status} {code}")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, ProblemCatalogue.All.Select(code => $"{code.Status} {code.Name}").Order(StringComparer.Ordinal));
        Assert.All(ProblemCatalogue.All, code => Assert.Same(code, ProblemCatalogue.Find(code.Name)));
    }

    [Fact]
    public void The_page_says_what_the_catalogue_says()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "http.md"));
        var written = page[page.IndexOf("## Problems\n", StringComparison.Ordinal)..].Split("\n### ").Skip(1).Select(text => text.Trim());
        var expected = ProblemCatalogue.All.Select(code => $"`{code.Name}`\n\n{code.Status}, {code.Title}: \"{code.Error}\"\n\n- Cause: {code.Cause}\n- Remedy: {code.Remedy}");
        Assert.Equal(expected, written, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("file-missing", "No file part in the request")]
    [InlineData("filename-missing", "No selected file")]
    [InlineData("file-too-large", "File size exceeds the limit")]
    [InlineData("type-not-allowed", "File type not allowed")]
    [InlineData("contact-id-missing", "Contact ID required")]
    public void The_tutorials_words_stay(string code, string error) => Assert.Equal(error, ProblemCatalogue.Find(code)?.Error);
}
