using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// The route <c>contact-note</c>: a note with a link on the external contact, <c>POST /api/v2/externalcontacts/contacts/{contactId}/notes</c>, permission <c>externalContacts:contact:edit</c>. The file stays where
/// Gatehouse keeps it, so its size is not Genesys' concern.
/// </summary>
public sealed class ContactNoteRoute(GenesysClient client, ITokenGate gate, IContactResolver contacts, IFileLinks links) : IDeliveryRoute, ILinkMessage
{
    public const string RouteName = "contact-note";

    /// <summary>Only a link goes to Genesys.</summary>
    public const long MostBytes = long.MaxValue;

    public string Name => RouteName;

    public long MaxFileBytes => MostBytes;

    public ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken) => SendLinkAsync(upload, permit, cancellationToken);

    public async ValueTask<RouteOutcome> SendLinkAsync(UploadRow upload, Permit permit, CancellationToken cancellationToken)
    {
        try
        {
            return await contacts.CallAsync(upload.ContactId, permit, (contact, leave) => NoteAsync(upload, contact, leave, cancellationToken), cancellationToken);
        }
        catch (CredentialsRefusedException e)
        {
            return RouteAnswers.CredentialsRefused(gate, e);
        }
    }

    private async ValueTask<RouteOutcome> NoteAsync(UploadRow upload, string contact, Permit permit, CancellationToken cancellationToken)
    {
        var text = TextOf(upload, await links.MakeAsync(upload, cancellationToken));
        var answer = await client.CallAsync(RouteName, (Contact: contact, Text: text), static (note, api) =>
            new HttpRequestMessage(HttpMethod.Post, PathSegment.Verbatim($"{api}/api/v2/externalcontacts/contacts/{note.Contact}/notes"))
            {
                Content = ApiJson.Of(json => json.WriteString("noteText", note.Text)),
            }, permit, cancellationToken);
        return KeptAnswer.WithoutAddresses(RouteAnswers.Judge(answer));
    }

    /// <summary>With the upload's id: who finds two notes of one upload, after an outcome that could not be known, sees that they are one.</summary>
    private static string TextOf(UploadRow upload, FileLink link) => $"{LinkText.Of(upload, link)}\nUpload {upload.Id}, SHA-256 {upload.Sha256}";
}
