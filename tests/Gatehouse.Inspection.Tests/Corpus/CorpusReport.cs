using System.Diagnostics;
using System.Globalization;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Corpus;

/// <summary>How the inspection does on a corpus: counts as a table, and every file that is not answered as its label says.</summary>
internal sealed class CorpusReport
{
    private readonly List<(CorpusFile File, Verdict Verdict)> _rows = [];
    private double _milliseconds;

    private CorpusReport()
    {
    }

    /// <summary>Honest files of the default types, without those that a rule refuses.</summary>
    public Count Honest => Of(f => f.Policy is "accept" && !CorpusRules.Refused.ContainsKey(f.Path), accepted: true);

    public Count HandMadeTexts => Of(f => f is { Policy: "accept", ExpectedMime: "text/plain", IsHandMade: true }, accepted: true);

    /// <summary>Honest by type, refused by rule: apart from the others.</summary>
    public Count RefusedByRule => Of(f => f.Policy is "accept" && CorpusRules.Refused.ContainsKey(f.Path), accepted: false);

    public Count Hostile => Of(f => f.Policy is "reject" && !IsOtherType(f) && !CorpusRules.Accepted.ContainsKey(f.Path), accepted: true);

    public Count OtherTypes => Of(f => f.Policy is "reject" && IsOtherType(f) && !CorpusRules.Accepted.ContainsKey(f.Path), accepted: true);

    public IEnumerable<string> Misses =>
        from row in _rows
        where row.File.Policy is "accept" ? !IsAcceptedAsLabelled(row.File, row.Verdict) : row.File.Policy is "reject" && row.Verdict is Verdict.Accept
        select $"{row.File.Path}: {row.File.Policy} as {row.File.ExpectedMime}, but {Said(row.Verdict)}{Explained(row.File.Path)}";

    /// <summary>Misses that no rule explains.</summary>
    public IEnumerable<string> Unexplained => Misses.Where(m => !m.Contains(" (by rule: ", StringComparison.Ordinal));

    public static CorpusReport Run(string folder)
    {
        var report = new CorpusReport();
        foreach (var file in CorpusFile.All(folder))
        {
            var bytes = file.Bytes;
            // Once before, so that the figure is the inspection's and not the compiler's.
            Judge.Whole(bytes, file.Path);
            var start = Stopwatch.GetTimestamp();
            report._rows.Add((file, Judge.Whole(bytes, file.Path)));
            report._milliseconds += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return report;
    }

    public IEnumerable<string> Table() =>
    [
        "| | Gatehouse |",
        "|---|---|",
        $"| honest png, jpeg, pdf, text accepted | {Honest} |",
        $"| hand-made texts accepted | {HandMadeTexts} |",
        $"| honest by type, refused by rule | {RefusedByRule} |",
        $"| hostile files let in | {Hostile} |",
        $"| files of other types let in | {OtherTypes} |",
        string.Create(CultureInfo.InvariantCulture, $"| time a file, of {_rows.Count} of {_rows.Average(r => r.File.Size) / 1000:0} KB on average | {_milliseconds / _rows.Count:0.000} ms |"),
    ];

    /// <summary>Collected files of types that are not allowed; all else that is to be refused was made to get in, or is damaged.</summary>
    private static bool IsOtherType(CorpusFile file) => file.Path.StartsWith("clean/", StringComparison.Ordinal);

    private static bool IsAcceptedAsLabelled(CorpusFile file, Verdict verdict) =>
        verdict is Verdict.Accept accepted && string.Equals(accepted.Mime, file.ExpectedMime, StringComparison.Ordinal);

    private static string Said(Verdict verdict) => verdict switch
    {
        Verdict.Accept accepted => $"accepted as {accepted.Mime}",
        Verdict.Refuse refused => $"refused, {refused.Reason ?? refused.Code.ToString()} at {refused.Offset.ToString(CultureInfo.InvariantCulture)}, {refused.DetectedMime}",
        _ => verdict.ToString(),
    };

    private static string Explained(string path)
    {
        if (CorpusRules.Refused.TryGetValue(path, out var refused))
            return $" (by rule: {refused.Why})";
        return CorpusRules.Accepted.TryGetValue(path, out var why) ? $" (by rule: {why})" : string.Empty;
    }

    private Count Of(Func<CorpusFile, bool> belongs, bool accepted)
    {
        var rows = _rows.Where(r => belongs(r.File)).ToList();
        return new Count(rows.Count(r => (r.File.Policy is "accept" ? IsAcceptedAsLabelled(r.File, r.Verdict) : r.Verdict is Verdict.Accept) == accepted), rows.Count);
    }

    /// <summary>So many of so many.</summary>
    internal readonly record struct Count(int Part, int All)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Part} of {All}{(All == 0 ? string.Empty : $" ({100.0 * Part / All:0.0} %)")}");
    }
}
