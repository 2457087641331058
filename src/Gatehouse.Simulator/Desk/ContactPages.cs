namespace Gatehouse.Simulator;

/// <summary><c>/simulator/contacts</c>: the contacts that were created, and how often by each alias; <c>DELETE</c> forgets them.</summary>
internal static class ContactPages
{
    public static void Map(WebApplication app)
    {
        var contacts = app.Services.GetRequiredService<ContactBook>();
        app.MapMethods("/simulator/contacts", [HttpMethods.Get], http => Reply.Json(StatusCodes.Status200OK, json =>
        {
            var (created, aliases) = contacts.Everything();
            json.WriteStartObject();
            json.WriteStartArray("created");
            foreach (var contact in created)
                contact.Write(json, merged: null);
            json.WriteEndArray();
            json.WriteStartObject("times_by_alias");
            foreach (var (alias, times) in aliases)
                json.WriteNumber(alias, times);
            json.WriteEndObject();
            json.WriteEndObject();
        }).SendAsync(http.Response).AsTask());
        app.MapMethods("/simulator/contacts", [HttpMethods.Delete], http =>
        {
            contacts.Clear();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }
}
