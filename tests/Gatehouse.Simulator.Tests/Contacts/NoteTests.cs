using System.Net;
using System.Net.Http.Json;

namespace Gatehouse.Simulator.Tests.Contacts;

public sealed class NoteTests
{
    [Fact]
    public async Task A_note_is_recorded_with_its_contact_and_text()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await NoteAsync(simulator, "c-1", new { noteText = "see https://files.example/1" });
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var note = await RunningSimulator.JsonOf(reply);
        Assert.Equal("see https://files.example/1", note.GetProperty("noteText").GetString());
        Assert.Contains("/contacts/c-1/notes/", note.GetProperty("selfUri").GetString(), StringComparison.Ordinal);

        var receipt = Assert.Single(await simulator.ReceivedAsync());
        Assert.Equal("contact-note", receipt.GetProperty("route").GetString());
        Assert.Equal("c-1", receipt.GetProperty("contact_id").GetString());
        Assert.Equal("see https://files.example/1", receipt.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_note_without_a_text_or_a_contact_is_refused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        await simulator.FaultsAsync("""{"unknown_contacts": ["c-9"]}""");
        using var empty = await NoteAsync(simulator, "c-1", new { noteText = "" });
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal("noteText", (await RunningSimulator.ErrorOf(empty)).GetProperty("details")[0].GetProperty("fieldName").GetString());
        using var wrong = await NoteAsync(simulator, "c%201", new { noteText = "a" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var unknown = await NoteAsync(simulator, "c-9", new { noteText = "a" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Empty(await simulator.ReceivedAsync());
    }

    [Fact]
    public async Task Of_a_long_note_the_beginning_is_kept()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await NoteAsync(simulator, "c-1", new { noteText = new string('x', 100_000) });
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(new string('x', 4000) + "…", Assert.Single(await simulator.ReceivedAsync()).GetProperty("text").GetString());
    }

    private static Task<HttpResponseMessage> NoteAsync(RunningSimulator simulator, string contact, object note) =>
        simulator.Http.PostAsJsonAsync($"/api/v2/externalcontacts/contacts/{contact}/notes", note);
}
