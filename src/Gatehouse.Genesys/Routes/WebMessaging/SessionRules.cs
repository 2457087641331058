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
        var inbound = session.Body.Member("allowedMedia")?.Member("inbound") ?? default;
        var types = MediaTypes.Read(inbound, "fileTypes", MaxEntries);
        if (types.Count > 0 && !MediaTypes.Allow(types, upload.Mime))
            return new RouteOutcome.Refused(RefusedBecause.TypeNotAllowed, $"The Messenger deployment does not take {upload.Mime}. Allow the type in its supported content profile, or send another.") { AllowedTypes = types };
        if (inbound.Number("maxFileSizeKB") is { } most and > 0 && most < long.MaxValue / 1000 && upload.Size > most * 1000)
            return new RouteOutcome.Refused(RefusedBecause.FileTooLarge, FormattableString.Invariant($"The Messenger deployment takes files to {most} KB.")) { LimitBytes = most * 1000 };
        var extension = Path.GetExtension(upload.Filename);
        var blocked = session.Body.Items("blockedExtensions").Take(MaxEntries).Any(e => string.Equals(e.AsText(), extension, StringComparison.OrdinalIgnoreCase));
        return blocked ? new RouteOutcome.Refused(RefusedBecause.TypeNotAllowed, $"The Messenger deployment takes no files whose names end in {extension}.") : null;
    }
}
