using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Counts an upload whose body was begun and that was then refused against its contact's attempts (<c>Quotas:MaxAttempts</c>). Not one that a quota turned away at the door: then a client that
/// keeps knocking would never be let in again.
/// </summary>
public sealed partial class RefusedAttempts(IActors<ContactCommand, ContactReply> contacts, ILogger<RefusedAttempts> logger)
{
    public async ValueTask CountAsync(UploadInProgress upload, Answer answer)
    {
        if (upload.ContactId is not { } contact || !RequestBody.Of(upload.Http).Started || upload.Admission is not null) return;
        if (answer is not Answer.Refused { Problem.Code.Status: >= 400 and < 500 and not StatusCodes.Status429TooManyRequests }) return;
        try
        {
            await contacts.AskAsync(contact, new CountRefused(upload.Id));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotCounted(logger, upload.Id, e);
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "Upload {Upload}: its attempt could not be counted")]
    private static partial void LogNotCounted(ILogger logger, UploadId upload, Exception error);
}
