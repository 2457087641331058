using System.Globalization;

namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>A history that a test tells: clean as long as the test plants nothing in it.</summary>
internal sealed class Story
{
    public List<Sending> Sendings { get; } = [];

    public List<Arrival> Arrivals { get; } = [];

    public List<KeptUpload> Uploads { get; } = [];

    public List<Claim> Claims { get; } = [];

    public List<Fault> Faults { get; } = [];

    public Bounds Bounds { get; set; } = new() { Lease = TimeSpan.FromSeconds(10) };

    /// <summary>Sent at that second, admitted, delivered a tenth later, answered two tenths later. Returns its id.</summary>
    public string Deliver(string contact, double at, int told = 200, bool replyLost = false)
    {
        var number = Uploads.Count;
        var id = number.ToString("x32", CultureInfo.InvariantCulture);
        var file = new ClientFile(contact, $"key-{number}", $"{number}.png", 1000 + number, number.ToString("x64", CultureInfo.InvariantCulture));
        Sendings.Add(new(file, Node: number % 3, Second(at), Second(at + 0.2), new Reply(told, id)));
        Uploads.Add(new(id, contact, file.Filename, file.Size, file.Sha256, "delivered", Reason: null, Second(at + 0.05)));
        Arrivals.Add(new(contact, id, file.Filename, file.Size, file.Sha256, replyLost, Second(at + 0.1)));
        return id;
    }

    /// <summary>The same upload arrives once more.</summary>
    public void ArriveAgain(string id, double at) => Arrivals.Add(Arrivals.First(a => string.Equals(a.MessageId, id, StringComparison.Ordinal)) with { At = Second(at), ReplyLost = false });

    public void Strike(FaultKind kind, int? node, double from, double until) => Faults.Add(new(kind, node, Second(from), Second(until)));

    public void Answer(string key, string contact, Reply reply, double at) =>
        Sendings.Add(new(new(contact, key, $"{key}.png", 1, new string('0', 64)), Node: 0, Second(at), Second(at + 0.1), reply));

    public History History => new() { Sendings = Sendings, Arrivals = [.. Arrivals.OrderBy(a => a.At)], Uploads = Uploads, Claims = Claims, Faults = Faults, Bounds = Bounds };

    /// <summary>The rules that it breaks, each once.</summary>
    public IEnumerable<string> Broken => Checker.Check(History).Select(v => v.Rule).Distinct(StringComparer.Ordinal);

    public static TimeSpan Second(double second) => TimeSpan.FromSeconds(second);
}
