using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Killing;

/// <summary>One file of a customer. <c>Id</c> is null until the gateway answered for it.</summary>
internal sealed record SentFile(string Sha256, string Key, string? Id);

/// <summary>
/// A customer who sends one file after the other, waits for each answer, and after a broken connection sends the same file again with the same idempotency key: what it was answered
/// 200 or 202 for must arrive, in this order.
/// </summary>
internal sealed class Customer(string contact, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<SentFile> _files = [];
    private int _number;

    public string Contact { get; } = contact;

    public IReadOnlyList<SentFile> Files => _files;

    /// <summary>Sends until the gateway is gone, or has no place left in its line: then the same file is sent again later. Any other answer but 200 or 202 fails the test.</summary>
    public async Task SendUntilTheGatewayIsGoneAsync(HttpClient http)
    {
        while (true)
        {
            var number = _number;
            var random = new Random(Seeds.Of(seed, number));
            var bytes = Pngs.Noise(Seeds.Of(seed, number), random.Next(5) switch { 0 => 900_000, 1 => 300_000, _ => random.Next(600, 200_000) });
            var form = new UploadForm(bytes, $"{number}.png", Contact) { IdempotencyKey = $"{Contact}-{number}", Prefer = _random.Next(2) == 0 ? "respond-async" : "wait=1" };
            try
            {
                var answer = await form.SendAsync(http);
                if (answer.Status is HttpStatusCode.TooManyRequests && answer.Body.Contains("\"quota\":\"line\"", StringComparison.Ordinal)) return;
                Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{(int)answer.Status} {answer.Body}");
                _files.Add(new(Pngs.Sha256(bytes), form.IdempotencyKey, answer.Id));
                _number++;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return;
            }
        }
    }
}
