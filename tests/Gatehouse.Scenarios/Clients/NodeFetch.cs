using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Clients;

internal static class NodeFetch
{
    private const string Script =
        """
        const [, url, file, contact] = process.argv;
        const { readFile } = require('node:fs/promises');
        (async () => {
          const form = new FormData();
          form.append('contact_id', contact);
          form.append('file', new Blob([await readFile(file)], { type: 'image/png' }), 'large.png');
          const answer = await fetch(url, { method: 'POST', body: form });
          console.log(answer.status + '\n' + answer.headers.get('content-type') + '\n' + await answer.text());
        })().catch(e => { console.error(e, e.cause); process.exit(1); });
        """;

    public static Task<Answer> UploadAsync(Uri gateway, string file, string contact) => ClientRun.RunAsync("node", "-e", Script, gateway + "upload", file, contact);
}
