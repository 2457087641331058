using System.Globalization;
using Gatehouse.Gateway.Problems;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Gateway.Fields;

/// <summary>How long a caller waits for the delivery: <c>Prefer: wait=N</c> and <c>respond-async</c> (RFC 7240, sections 4.1 and 4.3).</summary>
/// <param name="Wait">Null: as the configuration says. Zero for <c>respond-async</c> alone; beside <c>wait</c> it yields, as section 4.3 shows.</param>
/// <param name="Applied">The value of <c>Preference-Applied</c>; null when nothing was preferred.</param>
public sealed record WaitPreference(TimeSpan? Wait, string? Applied)
{
    public const string Header = "Prefer";
    private const int MaxSeconds = 60;

    public static readonly WaitPreference None = new(Wait: null, Applied: null);

    /// <summary>Preferences that are not known are ignored, and of one given twice the first counts (section 2).</summary>
    public static OrProblem<WaitPreference> Parse(StringValues values)
    {
        int? wait = null;
        var async = false;
        foreach (var value in values)
        {
            if (!PreferenceList.TryParse(value ?? "", out var preferences)) return Invalid("is no list of preferences (RFC 7240, section 2).");
            foreach (var (name, text) in preferences)
            {
                if (name.Equals("respond-async", StringComparison.OrdinalIgnoreCase))
                {
                    if (!string.IsNullOrEmpty(text)) return Invalid("gives respond-async a value; it has none.");
                    async = true;
                }
                else if (name.Equals("wait", StringComparison.OrdinalIgnoreCase))
                {
                    if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxSeconds)
                        return Invalid($"must say wait with whole seconds from 0 to {MaxSeconds}.");
                    wait ??= seconds;
                }
            }
        }
        return (wait, async) switch
        {
            ({ } seconds, true) => new WaitPreference(TimeSpan.FromSeconds(seconds), FormattableString.Invariant($"respond-async, wait={seconds}")),
            ({ } seconds, false) => new WaitPreference(TimeSpan.FromSeconds(seconds), FormattableString.Invariant($"wait={seconds}")),
            (null, true) => new WaitPreference(TimeSpan.Zero, "respond-async"),
            _ => None,
        };
    }

    private static Problem Invalid(string what) => new(ProblemCodes.PreferInvalid) { Detail = $"{Header} {what}", Field = Header };
}
