using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gatehouse.Load;

/// <summary>Whether the simulator received what was answered 200, and nothing else.</summary>
internal sealed record ReceivedResult(long Received, long Missing, long Repeated, long Unexpected)
{
    public bool Holds => Missing == 0 && Repeated == 0 && Unexpected == 0;
}

/// <summary>The simulator's list, compared by contact and SHA-256 with what was sent.</summary>
internal sealed class ReceivedCheck(IPEndPoint simulator) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{simulator}"), Timeout = TimeSpan.FromMinutes(5) };

    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        using var reply = await _http.DeleteAsync(new Uri("/simulator/received", UriKind.Relative), cancellationToken);
        reply.EnsureSuccessStatusCode();
    }

    public async Task<ReceivedResult> CompareAsync(UploadSource source, List<long> answered, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<(string Contact, string Sha256), int>();
        long received = 0;
        await using (var stream = await _http.GetStreamAsync(new Uri("/simulator/received", UriKind.Relative), cancellationToken))
        {
            await foreach (var receipt in JsonSerializer.DeserializeAsyncEnumerable<Receipt>(stream, cancellationToken: cancellationToken))
            {
                var key = (receipt!.ContactId, receipt.Sha256);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                received++;
            }
        }

        long missing = 0, repeated = 0;
        foreach (var number in answered)
        {
            if (!counts.Remove((source.ContactOf(number), source.Sha256Of(number)), out var count))
                missing++;
            else
                repeated += count - 1;
        }

        return new ReceivedResult(received, missing, repeated, counts.Values.Sum());
    }

    public void Dispose() => _http.Dispose();

    private sealed record Receipt([property: JsonPropertyName("contact_id")] string ContactId, [property: JsonPropertyName("sha256")] string Sha256);
}
