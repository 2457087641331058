using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests.Routes;

public sealed class GuestTokenVaultTests
{
    private static readonly UploadId Upload = new(7);

    private readonly GuestTokenVault _vault = new(new byte[GuestTokenVault.KeyLength]);

    [Theory]
    [InlineData("0b3c1f2e-7f5a-4c39-9a4e-0f7f2f1c9c11")]
    public void What_was_sealed_opens_for_its_upload_and_shows_nothing(string token)
    {
        var kept = _vault.Seal(Upload, token);
        Assert.Equal(token, _vault.Open(Upload, kept));
        Assert.DoesNotContain(token, kept["guest1.".Length..], StringComparison.Ordinal);
        Assert.NotEqual(kept, _vault.Seal(Upload, token));
    }

    [Fact]
    public void The_longest_token_fits_the_row_and_opens()
    {
        var token = new string('~', GuestTokenVault.MaxTokenLength);
        Assert.Equal(token, _vault.Open(Upload, _vault.Seal(Upload, token)));
        Assert.False(GuestTokenVault.IsToken(token + "~"));
    }

    [Fact]
    public void It_opens_for_no_other_upload_under_no_other_key_and_not_damaged()
    {
        var kept = _vault.Seal(Upload, "token");
        var other = new byte[GuestTokenVault.KeyLength];
        other[31] = 1;
        Assert.Null(_vault.Open(new UploadId(8), kept));
        Assert.Null(new GuestTokenVault(other).Open(Upload, kept));
        Assert.Null(_vault.Open(Upload, kept[..^4] + "AAAA"));
        Assert.All(["", "guest1.", "guest1.!!", "token", null], text => Assert.Null(_vault.Open(Upload, text)));
    }
}
