using System.Text.Json;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests.Routes;

public sealed class ContactNoteTests
{
    [Fact]
    public async Task A_note_with_name_size_link_and_hash_is_left_on_the_contact()
    {
        await using var rig = await RoutesRig.StartAsync();
        Assert.Equal("""{"id":"n-1"}""", Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(rig.ContactNote)).Result);
        var note = Assert.Single(rig.Stub.Api);
        Assert.Equal("/api/v2/externalcontacts/contacts/ada/notes", note.Target);
        Assert.Equal(
            $"""
            File "return slip.pdf" (application/pdf, 1 kB): https://files.example/00000000000000000123456789abcdef?n=1
            The link works until 2026-03-08 12:30 UTC.
            Upload 00000000000000000123456789abcdef, SHA-256 {new string('a', 64)}
            """.ReplaceLineEndings("\n"),
            JsonSerializer.Deserialize<JsonElement>(note.Body).GetProperty("noteText").GetString());
    }

    [Fact]
    public async Task It_stands_in_for_an_attachment_that_is_too_large()
    {
        await using var rig = await RoutesRig.StartAsync();
        var route = new LargeFileRoute(new ContactAttachmentsRoute(rig.Client, rig.Gate, rig.Contacts), rig.ContactNote, 64 * 1024 * 1024);
        Assert.Equal((64 * 1024 * 1024, ContactAttachmentsRoute.MostBytes), (route.MaxFileBytes, route.LinkAboveBytes));
        Assert.IsType<RouteOutcome.Sent>(await rig.SendAsync(route, RoutesRig.Upload(size: ContactAttachmentsRoute.MostBytes + 1)));
        Assert.Single(rig.Seen("POST", "/notes"));
    }

    [Theory]
    [InlineData("plan.pdf", "plan.pdf")]
    [InlineData("Übersicht 7_3 (neu).pdf", "Übersicht 7_3 (neu).pdf")]
    [InlineData("a\"b<c>d[e](f)`g*h|i\\j/k:l&m.pdf", "a_b_c_d_e_(f)_g_h_i_j_k_l_m.pdf")]
    [InlineData("line\nbreak\u2028and\u202eturn.pdf", "line_break_and_turn.pdf")]
    public async Task A_name_in_a_text_is_letters_and_nothing_more(string name, string plain)
    {
        await using var rig = await RoutesRig.StartAsync();
        await rig.SendAsync(rig.ContactNote, RoutesRig.Upload(filename: name));
        Assert.StartsWith($"File \"{plain}\" (", JsonSerializer.Deserialize<JsonElement>(Assert.Single(rig.Stub.Api).Body).GetProperty("noteText").GetString(), StringComparison.Ordinal);
    }
}
