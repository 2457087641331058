using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Clients;

internal static class PythonRequests
{
    private const string Script =
        """
        import sys, requests
        url, file, contact = sys.argv[1:]
        with open(file, 'rb') as f:
            answer = requests.post(url, data={'contact_id': contact}, files={'file': ('large.png', f, 'image/png')}, timeout=50)
        print(answer.status_code); print(answer.headers['content-type']); print(answer.text)
        """;

    public static Task<Answer> UploadAsync(Uri gateway, string file, string contact) => ClientRun.RunAsync("python3", "-c", Script, gateway + "upload", file, contact);
}
