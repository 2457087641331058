using System.Diagnostics;

namespace Gatehouse.Gateway.Tests.Http;

/// <summary>Programs that people upload with, each against a file of 6 MB.</summary>
public sealed class OtherClientsTests : IClassFixture<EdgeServer>, IDisposable
{
    private const string Python = "import requests, sys\nr = requests.post(sys.argv[1], files={'file': ('b.bin', open(sys.argv[2], 'rb'))})\nprint(r.status_code, r.json()['code'])";

    private const string Node =
        "const fs = require('fs'); const f = new FormData(); f.append('file', new Blob([fs.readFileSync(process.argv[2])]), 'b.bin');" +
        "fetch(process.argv[1], { method: 'POST', body: f }).then(async r => console.log(r.status, (await r.json()).code))";

    private readonly EdgeServer _server;
    private readonly string _file = Path.GetTempFileName();

    public OtherClientsTests(EdgeServer server)
    {
        _server = server;
        using var file = File.OpenWrite(_file);
        file.SetLength(6 * 1024 * 1024);
    }

    public void Dispose() => File.Delete(_file);

    [ProgramFact("curl", "--version")]
    public async Task Curl_sees_the_413() =>
        Assert.Contains("\"code\":\"file-too-large\"", await RunAsync("curl", "-sS", "-F", $"file=@{_file}", _server.Upload.ToString()), StringComparison.Ordinal);

    [ProgramFact("curl", "--version")]
    public async Task Curl_that_does_not_wait_sees_the_413() =>
        Assert.Contains("\"code\":\"file-too-large\"", await RunAsync("curl", "-sS", "-H", "Expect:", "-F", $"file=@{_file}", _server.Upload.ToString()), StringComparison.Ordinal);

    [ProgramFact("curl", "--version")]
    public async Task Curl_that_sends_chunks_sees_the_413() =>
        Assert.Contains("\"code\":\"file-too-large\"", await RunAsync("curl", "-sS", "-H", "Transfer-Encoding: chunked", "-F", $"file=@{_file}", _server.Upload.ToString()), StringComparison.Ordinal);

    [ProgramFact("node", "--version")]
    public async Task Node_sees_the_413() =>
        Assert.Contains("413 file-too-large", await RunAsync("node", "-e", Node, _server.Upload.ToString(), _file), StringComparison.Ordinal);

    [ProgramFact("python3", "-c", "import requests")]
    public async Task Python_requests_sees_the_413() =>
        Assert.Contains("413 file-too-large", await RunAsync("python3", "-c", Python, _server.Upload.ToString(), _file), StringComparison.Ordinal);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        return output + await errors;
    }
}
