using System.Net;
using System.Text.Json;
using Gatehouse.Scenarios.Cluster.Checking;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>Asks the gateway for every upload of every contact, when all is over.</summary>
internal sealed class LastLook(RunOptions options, Deployment deployment, RunClock clock)
{
    /// <summary>A contact's whole line may wait for a lease, and then for the next.</summary>
    private const int SecondsToEnd = 90;

    private int _node;

    /// <summary>Waits until nothing is under way any more; what never ends is returned as it is.</summary>
    public async Task<IReadOnlyList<KeptUpload>> UploadsAsync()
    {
        var of = new Dictionary<string, IReadOnlyList<KeptUpload>>(StringComparer.Ordinal);
        var open = Enumerable.Range(0, options.Contacts).Select(RunOptions.Contact).ToList();
        try
        {
            await Eventually.HoldsAsync("every upload has ended", async () =>
            {
                foreach (var contact in open) of[contact] = await UploadsOfAsync(contact);
                open.RemoveAll(contact => of[contact].All(u => u.IsDelivered || u.IsGivenUp));
                return open.Count == 0 ? null : $"{open.Count} lines are not empty";
            }, SecondsToEnd);
        }
        catch (TimeoutException)
        {
            // The checker names them.
        }

        return [.. of.Values.SelectMany(uploads => uploads)];
    }

    private async Task<IReadOnlyList<KeptUpload>> UploadsOfAsync(string contact)
    {
        List<KeptUpload> uploads = [];
        for (string? after = ""; after is not null;)
        {
            var page = await GetAsync($"/v1/contacts/{contact}/uploads?after={after}");
            foreach (var upload in page.GetProperty("items").EnumerateArray()) uploads.Add(await KeptAsync(upload));
            after = page.GetProperty("next").GetString();
        }

        uploads.Reverse();
        return uploads;
    }

    private async Task<KeptUpload> KeptAsync(JsonElement upload)
    {
        string Text(string name) => upload.GetProperty(name).GetString()!;
        var kept = new KeptUpload(
            Text("id"), Text("contact_id"), Text("filename"), upload.GetProperty("size").GetInt64(), Text("sha256"), Text("status"), Reason: null, clock.Of(upload.GetProperty("created_at").GetDateTimeOffset()));
        if (!kept.IsGivenUp) return kept;
        var error = (await GetAsync($"/v1/uploads/{kept.Id}")).GetProperty("error");
        return kept with { Reason = error.ValueKind is JsonValueKind.Object ? error.GetProperty("code").GetString() : null };
    }

    /// <summary>From each node in turn: all must tell the same.</summary>
    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await deployment.Nodes[_node++ % deployment.Nodes.Count].Gateway.Http.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK, $"GET {path}: {(int)answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement.Clone();
    }
}
