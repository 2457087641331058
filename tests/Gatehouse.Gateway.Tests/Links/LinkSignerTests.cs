using System.Security.Cryptography;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Links;

namespace Gatehouse.Gateway.Tests.Links;

public sealed class LinkSignerTests
{
    private static readonly LinkKeyOptions Old = new("2026-01", "an-old-key-of-thirty-two-characters");
    private static readonly LinkKeyOptions New = new("2026-02", "a-newer-key-of-thirty-two-characters");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly UploadId _upload = UploadId.New();

    [Fact]
    public void A_link_is_valid_until_the_second_it_expires_in()
    {
        var signer = new LinkSigner([New]);
        var query = signer.Sign(_upload, Now.AddHours(1));
        Assert.True(signer.IsValid(_upload, query, Now));
        Assert.True(signer.IsValid(_upload, query, Now.AddHours(1).AddMilliseconds(-1)));
        Assert.False(signer.IsValid(_upload, query, Now.AddHours(1)));
    }

    /// <summary>Written out: a release that signs in another way would void every link that was handed out.</summary>
    [Fact]
    public void A_signature_is_the_HMAC_of_key_id_upload_and_expiry()
    {
        var seconds = Now.ToUnixTimeSeconds();
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(New.Secret), Encoding.UTF8.GetBytes($"gatehouse-link-1\n2026-02\n{_upload}\n{seconds}"));
        var signature = Convert.ToBase64String(mac).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal($"?key=2026-02&expires={seconds}&signature={signature}", new LinkSigner([New]).Sign(_upload, Now));
    }

    [Fact]
    public void The_first_key_signs_and_links_of_the_one_before_are_believed_until_it_is_taken_away()
    {
        var query = new LinkSigner([Old]).Sign(_upload, Now.AddHours(1));
        Assert.True(new LinkSigner([New, Old]).IsValid(_upload, query, Now));
        Assert.Contains("key=2026-02&", new LinkSigner([New, Old]).Sign(_upload, Now.AddHours(1)), StringComparison.Ordinal);
        Assert.False(new LinkSigner([New]).IsValid(_upload, query, Now));
        Assert.False(new LinkSigner([]).IsValid(_upload, query, Now));
    }

    [Fact]
    public void A_link_that_was_changed_in_any_character_is_not_valid()
    {
        var signer = new LinkSigner([New, Old]);
        var query = signer.Sign(_upload, Now.AddHours(1));
        for (var at = 1; at < query.Length; at++)
        {
            foreach (var other in (ReadOnlySpan<char>)['0', '1', 'A', 'b', '_', '-', '&', '=', '%'])
            {
                if (query[at] == other) continue;
                Assert.False(signer.IsValid(_upload, $"{query[..at]}{other}{query[(at + 1)..]}", Now), $"{at} {other}");
            }
            Assert.False(signer.IsValid(_upload, query[..at] + query[(at + 1)..], Now), $"without {at}");
        }
        Assert.True(signer.IsValid(_upload, query, Now));
    }

    [Theory]
    [InlineData("&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("&expires=99999999999")]
    [InlineData("&more=1")]
    [InlineData("&key=2026-02")]
    public void A_link_with_more_in_it_is_not_valid(string more)
    {
        var signer = new LinkSigner([New]);
        Assert.False(signer.IsValid(_upload, signer.Sign(_upload, Now.AddHours(1)) + more, Now));
    }

    [Fact]
    public void A_link_is_one_uploads_own()
    {
        var signer = new LinkSigner([New]);
        Assert.False(signer.IsValid(UploadId.New(), signer.Sign(_upload, Now.AddHours(1)), Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?key=2026-02")]
    [InlineData("?key=2026-02&expires=&signature=")]
    [InlineData("?key=&expires=1&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("?key=nobody&expires=99999999999&signature=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("?key=2026-02&expires=99999999999999999999999&signature=%00")]
    [InlineData("?key=2026-02&expires=-1&signature=%FF%FE")]
    public void What_is_no_link_is_not_valid(string query) => Assert.False(new LinkSigner([New]).IsValid(_upload, query, Now));
}
