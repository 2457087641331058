namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>A history, arranged for looking things up.</summary>
internal sealed class Evidence
{
    private readonly Dictionary<string, (KeptUpload Upload, int Place)> _uploads = new(StringComparer.Ordinal);

    public Evidence(History history)
    {
        History = history;
        Contacts = [.. history.Uploads.Select(u => u.Contact).Concat(history.Arrivals.Select(a => a.Contact)).Distinct(StringComparer.Ordinal)];
        Arrivals = history.Arrivals.ToLookup(a => a.Contact, StringComparer.Ordinal);
        Claims = history.Claims.ToLookup(c => c.Contact, StringComparer.Ordinal);
        Uploads = history.Uploads.ToLookup(u => u.Contact, StringComparer.Ordinal);
        foreach (var contact in Uploads)
        {
            var place = 0;
            foreach (var upload in contact) _uploads[upload.Id] = (upload, place++);
        }

        FirstArrival = new(StringComparer.Ordinal);
        foreach (var arrival in history.Arrivals) FirstArrival.TryAdd(arrival.MessageId, arrival);
    }

    public History History { get; }

    public IReadOnlyList<string> Contacts { get; }

    /// <summary>By contact, in order of arrival.</summary>
    public ILookup<string, Arrival> Arrivals { get; }

    /// <summary>By contact, in order.</summary>
    public ILookup<string, Claim> Claims { get; }

    /// <summary>By contact, in order of admission.</summary>
    public ILookup<string, KeptUpload> Uploads { get; }

    /// <summary>By message id.</summary>
    public Dictionary<string, Arrival> FirstArrival { get; }

    public KeptUpload? UploadOf(string id) => _uploads.TryGetValue(id, out var found) ? found.Upload : null;

    /// <summary>Its place in its contact's order of admission; null for an upload that the gateway does not know.</summary>
    public int? PlaceOf(string id) => _uploads.TryGetValue(id, out var found) ? found.Place : null;
}
