using System.Globalization;
using Gatehouse.Actors;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Gateway.Events;

/// <summary>
/// The <c>id:</c> of a status event: how many statuses the upload has had, told from its row alone, so that it is the same on every node and after a restart. Queued is 1, its first attempt 2; what
/// that leaves it in is 3, queued again or at its end; its second attempt 4.
/// </summary>
public static class StatusNumber
{
    public static long Of(UploadRow row) => 1 + 2L * row.Attempts + (row.Status == UploadStatus.Delivering ? 1 : 0);

    /// <summary>The last status that the client has seen; 0 when it names none, or one that the upload never had.</summary>
    public static long Seen(StringValues lastEventId, UploadRow row)
    {
        // An attempt that a stopping node hands back was not made: the number falls by one.
        var most = Of(row) + (row.Status == UploadStatus.Queued ? 1 : 0);
        return lastEventId is [{ } text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) && seen <= most ? seen : 0;
    }
}
