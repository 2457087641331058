using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tests.Contacts;
using Gatehouse.Actors.Tests.Tokens;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests;

/// <summary>The histories that the committed samples were made by, and where the samples are.</summary>
internal static class SchemaSamples
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Delivered: 1, with a key. In line: 2, claimed for the second time, its first attempt failed; 3, waiting. Failed: 4. A duplicate of 1 with another key: 5. Refused: 6.</summary>
    public static ContactState Contact()
    {
        var contact = new ContactDriver(new ContactRules(), Start);
        contact.Admit(4, content: 4);
        contact.Complete(contact.Claim(), new AttemptOutcome.Failed("{}"));
        contact.Admit(1, content: 1, key: 71);
        contact.Complete(contact.Claim(), new AttemptOutcome.Delivered("{}", null));
        contact.Pass(TimeSpan.FromMinutes(10));
        contact.Admit(2, content: 2, key: 72);
        contact.Admit(3, content: 3);
        contact.Complete(contact.Claim(), new AttemptOutcome.Retry(TimeSpan.FromSeconds(30), Counted: true, "{}"));
        contact.Admit(5, content: 1, key: 75);
        contact.Ask(new CountRefused(ContactDriver.Id(6)));
        contact.Pass(TimeSpan.FromSeconds(31));
        contact.Claim();
        return contact.State;
    }

    /// <summary>Version 1 of the token, its refresh under way again after a 401, a pause of a minute, one node's lease with three permits.</summary>
    public static TokenState Token()
    {
        var token = new TokenDriver(new TokenRules(), Start);
        var first = token.Lease("node-a", waiting: 0);
        token.Ask(new Refreshed(first.RefreshFence!.Value, new byte[] { 1, 2, 3 }, TimeSpan.FromHours(1)));
        token.Lease("node-a", waiting: 3);
        token.Ask(new BackOff(TimeSpan.FromMinutes(1)));
        token.Ask(new Invalidate(1));
        token.Ask(new TakeLease(new UploadId(9), "node-b", Waiting: 5, new RateSeen(180, 100, TimeSpan.FromSeconds(40))));
        return token.State;
    }

    public static byte[] Read(string name, Func<byte[]> write)
    {
        if (Environment.GetEnvironmentVariable("GATEHOUSE_WRITE_SAMPLES") is { Length: > 0 } folder && !File.Exists(Path.Combine(folder, name)))
        {
            File.WriteAllBytes(Path.Combine(folder, name), write());
        }
        return File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", name));
    }
}
