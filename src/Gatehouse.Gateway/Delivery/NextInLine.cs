using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Genesys;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Delivery;

/// <summary>Takes the head of a contact's line: permit first, then claim, then row and bytes.</summary>
public sealed partial class NextInLine(
    IActors<ContactCommand, ContactReply> contacts,
    Routes routes,
    ITokenGate gate,
    IUploadRows rows,
    UploadFiles files,
    Node node,
    TimeProvider time,
    ILogger<NextInLine> logger)
{
    /// <summary>Null: nothing to send now (the line is empty, its head waits, the circuit is open).</summary>
    public async ValueTask<Work?> TakeAsync(string contact, CancellationToken cancellationToken)
    {
        // Woken for an empty line, the contact only forgets what is past: that needs no permit.
        if (await contacts.AskAsync(contact, new Describe(), cancellationToken: cancellationToken) is not ContactReply.Description { Waiting: > 0, HeadClaimed: false } line) return null;
        var health = routes.Default.Health;
        var early = health.Works;
        if (line.HeadNotBefore is { } at && at > time.GetUtcNow() && !early) return null;
        if (!health.TryEnter()) return null;
        Work? work = null;
        try
        {
            var permit = await gate.TakeAsync(cancellationToken);
            var claim = new Claim(new ClaimRequest(UploadId.New(), node.Id, node.SoleOwner, early));
            if (await contacts.AskAsync(contact, claim, cancellationToken: cancellationToken) is ContactReply.Claimed claimed)
            {
                work = await LoadAsync(contact, claimed, permit, cancellationToken);
            }
            return work;
        }
        catch (CredentialsRefusedException e)
        {
            health.Down(e.Message);
            return null;
        }
        finally
        {
            if (work is null) health.Leave();
        }
    }

    private async ValueTask<Work?> LoadAsync(string contact, ContactReply.Claimed claimed, Permit permit, CancellationToken cancellationToken)
    {
        if (await rows.FindAsync(claimed.Id, cancellationToken) is { } row)
        {
            if (await files.OpenAsync(row, cancellationToken) is { } bytes) return new Work(contact, claimed, row, bytes, permit);
        }
        // The commit that admitted it held row and bytes, so only damage from outside leads here; the line must go on.
        LogLost(logger, claimed.Id, contact);
        await contacts.AskAsync(contact, new Complete(claimed.Id, claimed.Fence, new AttemptOutcome.Failed(DeliveryProblems.BytesLost())), cancellationToken: cancellationToken);
        return null;
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Critical, Message = "Upload {Upload} of contact {Contact}: its row or bytes are gone from the data folder")]
    private static partial void LogLost(ILogger logger, UploadId upload, string contact);
}
