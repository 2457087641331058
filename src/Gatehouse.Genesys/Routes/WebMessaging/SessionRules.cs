using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>What a session lets its guest send (<c>SessionResponse</c>), checked before the file is uploaded in vain.</summary>
internal static class SessionRules
{
    private const int MaxEntries = 1000;

    /// <summary>Null: nothing in the session speaks against it.</summary>
    /// <param name="asFile">False where a text goes in the file's place: then only the session itself counts.</param>
    public static RouteOutcome? Check(GuestFrame session, UploadRow upload, bool asFile)
    {
        if (session.Body.Flag("readOnly")) return GuestErrors.Ended("");
        if (!asFile) return null;
        var (types, most) = MediaOf(session);
        if (types.Count > 0 && !MediaTypes.Allow(types, upload.Mime))
            return new RouteOutcome.Refused(RefusedBecause.TypeNotAllowed, $"The Messenger deployment does not take {upload.Mime}. Allow the type in its supported content profile, or send another.") { AllowedTypes = types };
        if (upload.Size > most) return new RouteOutcome.Refused(RefusedBecause.FileTooLarge, FormattableString.Invariant($"The Messenger deployment takes files to {most / 1000} KB.")) { LimitBytes = most };
        var extension = Path.GetExtension(upload.Filename);
        var blocked = session.Body.Items("blockedExtensions").Take(MaxEntries).Any(e => string.Equals(e.AsText(), extension, StringComparison.OrdinalIgnoreCase));
        return blocked ? Told(session, new RouteOutcome.Refused(RefusedBecause.TypeNotAllowed, $"The Messenger deployment takes no files whose names end in {extension}.")) : null;
    }

    /// <summary>A refusal, with what the session says of the limit or the types that it does not name itself.</summary>
    public static RouteOutcome Told(GuestFrame session, RouteOutcome outcome)
    {
        if (outcome is not RouteOutcome.Refused refused) return outcome;
        var (types, most) = MediaOf(session);
        return refused.Because switch
        {
            RefusedBecause.FileTooLarge => refused with { LimitBytes = refused.LimitBytes ?? most },
            RefusedBecause.TypeNotAllowed => refused with { AllowedTypes = refused.AllowedTypes ?? (types.Count > 0 && !types.Any(static type => type is "*/*" or "*") ? types : null) },
            _ => refused,
        };
    }

    private static (IReadOnlyList<string> Types, long? MostBytes) MediaOf(GuestFrame session)
    {
        var inbound = session.Body.Member("allowedMedia")?.Member("inbound") ?? default;
        return (MediaTypes.Read(inbound, "fileTypes", MaxEntries), inbound.Number("maxFileSizeKB") is { } most and > 0 and < long.MaxValue / 1000 ? most * 1000 : null);
    }
}
