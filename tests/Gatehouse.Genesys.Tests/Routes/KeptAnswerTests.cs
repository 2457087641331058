using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests.Routes;

public sealed class KeptAnswerTests
{
    [Theory]
    [InlineData("""{"id":"m-1","selfUri":"/api/v2/x"}""", """{"id":"m-1","selfUri":"/api/v2/x"}""")]
    [InlineData("""{"id":"m-1","content":[{"attachment":{"url":"https://gateway/files/1?signature=s","mime":"image/png"}}]}""", """{"id":"m-1","content":[{"attachment":{"url":null,"mime":"image/png"}}]}""")]
    [InlineData("""{"text":"File \u0022a\u0022: https:\/\/gateway\/files\/1","n":1.50}""", """{"text":null,"n":1.50}""")]
    [InlineData("""["https\u003a//gateway/files/1",true]""", "[null,true]")]
    [InlineData("""{"text":"a\ud800"}""", null)]
    public void A_text_with_an_address_is_not_kept_however_it_is_written(string answer, string? kept) => Assert.Equal(kept, KeptAnswer.WithoutAddresses(answer));
}
