using System.Security.Cryptography;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.GenesysRoutes;

/// <summary>A file that is too large to be attached to its contact leaves a note there.</summary>
public sealed class ContactNoteDeliveryTests : GatewayOnItsPort
{
    private protected override string Route => "contact-attachments";

    private protected override GatehouseOptions Adjust(GatehouseOptions options) =>
        base.Adjust(options) with { LargeFiles = new LargeFilesOptions { MaxFileBytes = 20_000_000 } };

    [Fact]
    public async Task The_notes_link_gives_the_files_bytes()
    {
        var bytes = LargePdf.Of(11_000_000);
        var answer = await SendAsync(bytes, "drawings.pdf");
        Assert.Equal((200, "contact-attachments"), (answer.Status, answer.Body.GetProperty("upload").GetProperty("route").GetString()));
        var received = await OneReceivedAsync();
        Assert.Equal(("contact-note", "ada"), (received.GetProperty("route").GetString(), received.GetProperty("contact_id").GetString()));
        var link = received.GetProperty("text").GetString()!.Split(["): ", "\n"], StringSplitOptions.None)[1];
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(await Gateway.Http.GetByteArrayAsync(link)));
    }

    [Fact]
    public async Task A_smaller_file_is_attached_as_ever()
    {
        Assert.Equal(200, (await SendAsync("hello"u8.ToArray(), "note.txt")).Status);
        Assert.Equal("contact-attachments", (await OneReceivedAsync()).GetProperty("route").GetString());
    }

    [Fact]
    public async Task A_file_above_what_goes_as_a_link_is_too_large()
    {
        var refused = await SendAsync(LargePdf.Of(20_100_000), "drawings.pdf");
        Assert.Equal((413, "gatehouse"), (refused.Status, refused.Body.GetProperty("limit_by").GetString()));
    }
}
