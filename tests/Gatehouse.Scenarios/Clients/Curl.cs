using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Clients;

internal static class Curl
{
    public static async Task<Answer> UploadAsync(Uri gateway, string file, string contact, params string[] more)
    {
        var body = Path.GetTempFileName();
        try
        {
            var answer = await ClientRun.RunAsync("curl", ["-sS", "-o", body, "-w", "%{http_code}\n%{content_type}\n", "-F", "contact_id=" + contact, "-F", $"file=@{file};filename=large.png;type=image/png", .. more, gateway + "upload"]);
            return answer with { Body = await File.ReadAllTextAsync(body) };
        }
        finally
        {
            File.Delete(body);
        }
    }
}
