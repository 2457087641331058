using System.Net;
using System.Net.Http.Headers;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Killing;

/// <summary>An upload whose body comes slowly, so that a kill finds it in the middle of being received.</summary>
internal static class SlowUpload
{
    public static async Task SendUntilTheGatewayIsGoneAsync(HttpClient http, string contact, int seed)
    {
        using var form = new MultipartFormDataContent { { new StringContent(contact), "contact_id" } };
        var file = new SlowContent(Pngs.Noise(seed, 3_000_000));
        file.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"file\"; filename=\"slow.png\"");
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(file);
        try
        {
            using var answer = await http.PostAsync("/upload", form);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The kill came in time.
        }
    }

    private sealed class SlowContent(byte[] bytes) : HttpContent
    {
        private const int Piece = 100_000;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var at = 0; at < bytes.Length; at += Piece)
            {
                await stream.WriteAsync(bytes.AsMemory(at, Math.Min(Piece, bytes.Length - at)));
                await stream.FlushAsync();
                await Lull.OfAsync(TimeSpan.FromMilliseconds(100));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
