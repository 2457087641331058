using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Genesys;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Delivery;

/// <summary>Takes the head of a contact's line: permit first, then claim, then row and bytes.</summary>
public sealed partial class NextInLine(
    IActors<ContactCommand, ContactReply> contacts,
    Routes routes,
    ITokenGate gate,
    IUploadRows rows,
    UploadFiles files,
    Outcomes outcomes,
    Node node,
    TimeProvider time,
    ILogger<NextInLine> logger)
{
    /// <summary>After a pause of the API what was put off comes back over so long a time.</summary>
    private static readonly TimeSpan AfterPause = TimeSpan.FromSeconds(2);

    /// <summary>Null: nothing to send now (the line is empty, its head waits, its route takes nobody). Cancelled: nothing stays claimed.</summary>
    public async ValueTask<Work?> TakeAsync(string contact, CancellationToken cancellationToken)
    {
        // Woken for an empty line, the contact only forgets what is past: that needs no permit.
        if (await contacts.AskAsync(contact, new Describe(), cancellationToken: cancellationToken) is not ContactReply.Description { Waiting: > 0, Head: { } head } line) return null;
        // A sole owner finds claims of a process that is dead: the claim itself will tell.
        if (line.HeadClaimed && !node.SoleOwner) return null;
        var row = await FindAsync(head, cancellationToken);
        // Of a head that has no row, or no route any more, the claim will tell.
        var route = row is null ? routes.Default : routes.Find(row.Route) ?? routes.Default;
        var health = route.Health;
        if (line.HeadNotBefore is { } due && !health.Works)
        {
            // Made due by a success, and there has been a failure since.
            await contacts.AskAsync(contact, new PutOff(head, due - time.GetUtcNow()), cancellationToken: cancellationToken);
            return null;
        }
        if ((health.TryEnter() ?? await PutOffAsync(contact, head, route, cancellationToken)) is not { } pass) return null;
        Work? work = null;
        Permit? permit = null;
        var askedAt = time.GetTimestamp();
        try
        {
            permit = route.Route.CallsApi ? await gate.TakeAsync(cancellationToken) : Permit.None;
            var claimedAt = time.GetTimestamp();
            if (await ClaimAsync(contact, health, cancellationToken) is { } claimed) work = await LoadAsync(contact, claimed, claimed.Id == head ? row : null, route, permit, pass, claimedAt, cancellationToken);
            return work;
        }
        catch (CredentialsRefusedException e)
        {
            health.Down(e.Message);
            await RefuseAsync(contact, head, health, e.Message, cancellationToken);
            return null;
        }
        finally
        {
            if (work is null)
            {
                pass.Dispose();
                if (permit is not null && route.Route.CallsApi) gate.Return(permit, askedAt);
            }
        }
    }

    /// <summary>Leaves a head alone whose route takes nobody. A pass, should it have begun to meanwhile: what is put off too late for that is made due by nobody.</summary>
    private async ValueTask<RoutePass?> PutOffAsync(string contact, UploadId head, RouteInUse route, CancellationToken cancellationToken)
    {
        if (WaitFor(route) is not { } wait) return null;
        await contacts.AskAsync(contact, new PutOff(head, wait), cancellationToken: cancellationToken);
        return route.Health.Works ? route.Health.TryEnter() : null;
    }

    /// <summary>How long a head is left alone whose route does not let it in. Null: the route is only busy, and has a place in a moment.</summary>
    private TimeSpan? WaitFor(RouteInUse route)
    {
        if (route.Health.IsOpen) return route.Health.PutOff();
        if (!route.Health.StandsStill) return null;
        return route.Route.CallsApi && gate.PausedUntil is { } until ? until - time.GetUtcNow() + (AfterPause * Random.Shared.NextDouble()) : route.Health.PutOff();
    }

    /// <summary>Null: there is none, or it cannot be read now.</summary>
    private async ValueTask<UploadRow?> FindAsync(UploadId id, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.FindAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException and not OperationCanceledException)
        {
            return null;
        }
    }

    private async ValueTask<ContactReply.Claimed?> ClaimAsync(string contact, RouteHealth health, CancellationToken cancellationToken)
    {
        var request = new ClaimRequest(UploadId.New(), node.Id, node.SoleOwner, health.Works);
        return await contacts.AskAsync(contact, new Claim(request), cancellationToken: cancellationToken) as ContactReply.Claimed;
    }

    /// <param name="known">The claimed upload's row, if it has been read.</param>
    /// <param name="route">The one that permit and pass are for.</param>
    private async ValueTask<Work?> LoadAsync(string contact, ContactReply.Claimed claimed, UploadRow? known, RouteInUse route, Permit permit, RoutePass pass, long claimedAt, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = known ?? await rows.FindAsync(claimed.Id, cancellationToken);
            if (row is not null && routes.Find(row.Route) is { } its && its != route)
            {
                // Another node has meanwhile ended the head that was looked at, and the next one goes elsewhere: its turn comes at once.
                await CompleteAsync(contact, claimed, new AttemptOutcome.HandedBack());
                return null;
            }
            if (row is not null && await files.OpenAsync(row, cancellationToken) is { } bytes) return new Work(contact, claimed, row, bytes, permit, pass, claimedAt);
        }
        catch (OperationCanceledException)
        {
            await CompleteAsync(contact, claimed, new AttemptOutcome.HandedBack());
            throw;
        }
        catch (InvalidDataException e)
        {
            LogDamaged(logger, claimed.Id, contact, e);
            await CompleteAsync(contact, claimed, new AttemptOutcome.Failed(DeliveryProblems.Internal(claimed.Id)));
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Our own store or disk, not Genesys: tried again later, for as long as an upload is tried at all.
            LogUnreadable(logger, claimed.Id, contact, e);
            await CompleteAsync(contact, claimed, new AttemptOutcome.Retry(RouteHealth.LongestBackOff, Counted: false, DeliveryProblems.Internal(claimed.Id)));
            return null;
        }
        // The commit that admitted it held row and bytes, so only damage from outside leads here; the line must go on.
        LogLost(logger, claimed.Id, contact);
        await CompleteAsync(contact, claimed, new AttemptOutcome.Failed(DeliveryProblems.Internal(claimed.Id)));
        return null;
    }

    /// <summary>Nobody is let in: the head's own caller hears it if it still waits; else the head stays, and this was one of its attempts.</summary>
    /// <param name="head">The one that was looked at: what has meanwhile taken its place may go by another route.</param>
    private async ValueTask RefuseAsync(string contact, UploadId head, RouteHealth health, string why, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(contact, health, cancellationToken) is not { } claimed) return;
        if (claimed.Id != head)
        {
            await CompleteAsync(contact, claimed, new AttemptOutcome.HandedBack());
            return;
        }
        var problem = DeliveryProblems.RouteDown(new RouteOutcome.RouteDown(why) { Status = 401 });
        if (!outcomes.TryEnd(claimed.Id))
        {
            await CompleteAsync(contact, claimed, new AttemptOutcome.Retry(RouteHealth.ProbeWhenDown, Counted: false, problem));
            return;
        }
        var ended = false;
        try
        {
            ended = await CompleteAsync(contact, claimed, new AttemptOutcome.Failed(problem)) is ContactReply.Recorded;
        }
        finally
        {
            if (!ended) outcomes.Release(claimed.Id);
        }
    }

    private ValueTask<ContactReply> CompleteAsync(string contact, ContactReply.Claimed claimed, AttemptOutcome outcome) =>
        contacts.AskAsync(contact, new Complete(claimed.Id, claimed.Fence, outcome));

    [LoggerMessage(EventId = 3201, Level = LogLevel.Critical, Message = "Upload {Upload} of contact {Contact}: its row or bytes are gone from the data folder")]
    private static partial void LogLost(ILogger logger, UploadId upload, string contact);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "Upload {Upload} of contact {Contact}: its row or bytes could not be read; trying again later")]
    private static partial void LogUnreadable(ILogger logger, UploadId upload, string contact, Exception error);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Critical, Message = "Upload {Upload} of contact {Contact}: its stored bytes are not those that were received; they are not sent")]
    private static partial void LogDamaged(ILogger logger, UploadId upload, string contact, Exception error);
}
