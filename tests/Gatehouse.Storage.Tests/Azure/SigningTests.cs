using System.Net.Http.Headers;
using Gatehouse.Actors;
using Gatehouse.Storage.Azure;

namespace Gatehouse.Storage.Tests.Azure;

/// <summary>What is signed, against the texts and the vector that Microsoft publishes; that the signatures are right too, the real service's emulator says.</summary>
public sealed class SigningTests
{
    /// <summary>The example of "Authorize with Shared Key": Get Container Metadata.</summary>
    [Fact]
    public void A_request_is_signed_as_the_published_example_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20");
        request.Headers.Add("x-ms-version", "2015-02-21");
        request.Headers.Add("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT");
        Assert.Equal(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20",
            SharedKeyText.Of(request, "myaccount"));
    }

    [Fact]
    public void The_length_is_empty_when_it_is_zero_and_the_type_is_signed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://myaccount.blob.core.windows.net/c/b%20c") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        Assert.Equal("PUT\n\n\n\n\ntext/plain\n\n\n\n\n\n\n/myaccount/c/b%20c", SharedKeyText.Of(request, "myaccount"));
        request.Content = new ByteArrayContent([1, 2]);
        Assert.Equal("PUT\n\n\n2\n\n\n\n\n\n\n\n\n/myaccount/c/b%20c", SharedKeyText.Of(request, "myaccount"));
    }

    /// <summary>The vector that Microsoft publishes with a key: azure-sdk-for-rust (branch legacy, MIT), storage crate, test_blob_scoped_sas_token.</summary>
    [Fact]
    public void A_link_has_the_signature_of_the_published_vector()
    {
        var link = new SignedLink("STORAGE_ACCOUNT_NAME", "CONTAINER_NAME", "", DateTimeOffset.UnixEpoch.AddDays(7), HttpsOnly: false, new BlobPresentation("", "")) { Version = "2022-11-02", CacheControl = "" };
        var signature = AccountKeyCredential.Sign(Convert.FromBase64String("RZfi3m1W7eyQ5zD4ymSmGANVdJ2SDQmg4sE89SW104s="), link.ServiceText());
        Assert.Equal("sv=2022-11-02&se=1970-01-08T00%3A00%3A00Z&sr=b&sp=r&sig=VRZjVZ1c%2FLz7IXCp17Sdx9%2BR9JDrnJdzE3NW56DMjNs%3D", link.Query(signature, key: null));
    }

    /// <summary>The fields of "Create a service SAS", version 2020-12-06 and later, in their order.</summary>
    [Fact]
    public void A_link_is_signed_with_the_accounts_key_over_the_published_fields() => Assert.Equal(
        "r\n\n2026-03-01T12:00:00Z\n/blob/myaccount/pictures/profile.jpg\n\n\nhttps\n2020-12-06\nb\n\n\nprivate, no-store\nattachment; filename=\"a.jpg\"\n\n\nimage/jpeg",
        Link.ServiceText());

    /// <summary>The fields of "Create a user delegation SAS", version 2020-12-06 and later, in their order.</summary>
    [Fact]
    public void A_link_is_signed_with_a_delegation_key_over_the_published_fields() => Assert.Equal(
        "r\n\n2026-03-01T12:00:00Z\n/blob/myaccount/pictures/profile.jpg\nobject\ntenant\n2026-02-28T00:00:00Z\n2026-03-06T00:00:00Z\nb\n2020-12-06\n\n\n\n\nhttps\n2020-12-06\nb\n\n\nprivate, no-store\nattachment; filename=\"a.jpg\"\n\n\nimage/jpeg",
        Link.DelegatedText(new DelegationKey("object", "tenant", "2026-02-28T00:00:00Z", "2026-03-06T00:00:00Z", "b", "2020-12-06", [1])));

    private static SignedLink Link => new("myaccount", "pictures", "profile.jpg", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), HttpsOnly: true, new BlobPresentation("image/jpeg", "attachment; filename=\"a.jpg\""));
}
