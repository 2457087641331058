using System.Text;
using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests;

public sealed class ContactAttachmentsRequestTests
{
    [Theory]
    [InlineData("photo.png", "filename=\"photo.png\"")]
    [InlineData("Übergröße.png", "filename=\"_bergr__e.png\"; filename*=UTF-8''%C3%9Cbergr%C3%B6%C3%9Fe.png")]
    [InlineData("写真.jpg", "filename=\"__.jpg\"; filename*=UTF-8''%E5%86%99%E7%9C%9F.jpg")]
    [InlineData("😀.png", "filename=\"_.png\"; filename*=UTF-8''%F0%9F%98%80.png")]
    [InlineData("say \"hi\".png", "filename=\"say %22hi%22.png\"; filename*=UTF-8''say%20%22hi%22.png")]
    [InlineData("a\\b.png", "filename=\"a_b.png\"; filename*=UTF-8''a%5Cb.png")]
    [InlineData("50%22.png", "filename=\"50%22.png\"; filename*=UTF-8''50%2522.png")]
    [InlineData("a\r\nX-Evil: 1\".png", "filename=\"a%0D%0AX-Evil: 1%22.png\"; filename*=UTF-8''a%0D%0AX-Evil%3A%201%22.png")]
    [InlineData("it's (1); x=y.png", "filename=\"it's (1); x=y.png\"")]
    [InlineData("tab\there\0.png", "filename=\"tab_here_.png\"; filename*=UTF-8''tab%09here%00.png")]
    public async Task The_body_is_one_part_with_the_name_the_detected_type_and_the_bytes(string name, string written)
    {
        await using var rig = await RouteRig.StartAsync();
        await rig.SendAsync(RouteRig.Upload(name));
        var seen = Assert.Single(rig.Stub.Api);
        var boundary = seen.Headers["Content-Type"]["multipart/form-data; boundary=".Length..];
        Assert.Matches("^gatehouse-[0-9a-f]{32}$", boundary);
        Assert.Equal(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; {written}\r\nContent-Type: image/png\r\n\r\nhello\r\n--{boundary}--\r\n",
            Encoding.Latin1.GetString(seen.Body));
        Assert.Equal(seen.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), seen.Headers["Content-Length"]);
        Assert.DoesNotContain("Transfer-Encoding", seen.Headers.Keys, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_no_valid_UTF_16_still_makes_a_valid_body()
    {
        await using var rig = await RouteRig.StartAsync();
        await rig.SendAsync(RouteRig.Upload("lone\ud800.png"));
        Assert.Contains("filename=\"lone_.png\"; filename*=UTF-8''lone%EF%BF%BD.png\r\n", Encoding.Latin1.GetString(Assert.Single(rig.Stub.Api).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_carry_the_token_and_the_uploads_id_and_nothing_that_is_not_needed()
    {
        await using var rig = await RouteRig.StartAsync();
        using var traced = new System.Diagnostics.Activity("upload").Start();
        await rig.SendAsync();
        var seen = Assert.Single(rig.Stub.Api);
        Assert.Equal("POST", seen.Method);
        Assert.Equal("Bearer token-1", seen.Headers["Authorization"]);
        Assert.Equal("00000000000000000123456789abcdef", seen.Headers["Idempotency-Key"]);
        string[] expected = ["Accept", "Authorization", "Content-Length", "Content-Type", "Host", "Idempotency-Key", "User-Agent"];
        Assert.Equal(expected, seen.Headers.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Text_goes_with_its_charset_and_other_types_without()
    {
        await using var rig = await RouteRig.StartAsync();
        await rig.SendAsync(RouteRig.Upload("a.txt", mime: "text/plain", charset: "utf-8"));
        await rig.SendAsync(RouteRig.Upload("a.png", charset: "utf-8"));
        Assert.Contains("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n", Encoding.Latin1.GetString(rig.Stub.Api.First().Body), StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: image/png\r\n\r\n", Encoding.Latin1.GetString(rig.Stub.Api.Last().Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8d1c5a52-0a4e-4d7b-9df4-1a2b3c4d5e6f", "8d1c5a52-0a4e-4d7b-9df4-1a2b3c4d5e6f")]
    [InlineData("a/../b@c.de", "a%2F..%2Fb%40c.de")]
    [InlineData("+4930123", "%2B4930123")]
    [InlineData("ä?x=1#y%2F", "%C3%A4%3Fx%3D1%23y%252F")]
    public async Task The_contact_is_one_segment_of_the_path_whatever_it_holds(string found, string segment)
    {
        await using var rig = await RouteRig.StartAsync();
        rig.Rows.Rows.Add(RouteRig.Upload(contact: "email:a@c.de") with { Status = UploadStatus.Delivered, GenesysContactId = found });
        await rig.SendAsync(RouteRig.Upload(contact: "email:a@c.de"));
        Assert.Equal($"/api/v2/externalcontacts/{segment}/attachments", Assert.Single(rig.Stub.Api).Target);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task What_cannot_be_one_segment_is_refused_unsent(string contact)
    {
        await using var rig = await RouteRig.StartAsync();
        Assert.Equal(RefusedBecause.ContactNotFound, Assert.IsType<RouteOutcome.Refused>(await rig.SendAsync(RouteRig.Upload(contact: contact))).Because);
        Assert.Empty(rig.Stub.Api);
    }

    [Fact]
    public async Task The_address_of_a_gateway_in_Genesys_place_may_have_a_path()
    {
        await using var rig = await RouteRig.StartAsync(o => o.ApiBaseAddress += "/proxied/");
        await rig.SendAsync(RouteRig.Upload(contact: "crm-7"));
        Assert.Equal("/proxied/api/v2/externalcontacts/crm-7/attachments", Assert.Single(rig.Stub.Api).Target);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_236)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(5 * 1024 * 1024)]
    [InlineData(10 * 1024 * 1024)]
    public async Task Every_byte_arrives_in_order_from_memory_in_any_pieces_and_from_a_file(int length)
    {
        await using var rig = await RouteRig.StartAsync();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        FileBytes[] files = [new MemoryFile(bytes), new MemoryFile(bytes, 4096), new MemoryFile(bytes, 100_000), new SpoolFile(bytes), new SpoolFile(bytes, 50_001)];
        foreach (var file in files) Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(bytes: file));
        foreach (var seen in rig.Stub.Api)
        {
            var head = seen.Body.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
            Assert.True(seen.Body.AsSpan(head, length).SequenceEqual(bytes));
            Assert.StartsWith("\r\n--gatehouse-", Encoding.ASCII.GetString(seen.Body.AsSpan(head + length)), StringComparison.Ordinal);
        }
        Assert.Equal(files.Length, rig.Stub.Api.Count);
    }
}
