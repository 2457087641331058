using System.Globalization;
using System.Text.Json;
using Gatehouse.Gateway.Callers;

namespace Gatehouse.Api.Commands;

/// <summary><c>keys new --name NAME --scopes upload[,read,admin] [--expires TIME]</c>: makes a caller's key. The key is printed once and kept nowhere.</summary>
internal static class KeysCommand
{
    public static int Run(string[] words, TextWriter output, TextWriter errors)
    {
        if (words is not ["new", .. var rest]) return Complain(errors, "keys has one command: keys new --name NAME --scopes upload[,read,admin] [--expires TIME].");
        var arguments = Arguments.Parse(rest, [], ["--name", "--scopes", "--expires"]);
        if ((arguments.Unknown ?? (arguments.Paths.Count > 0 ? arguments.Paths[0] : null)) is { } unknown) return Complain(errors, $"\"{unknown}\" is not an option of keys new. See --help.");
        if (arguments.Values.GetValueOrDefault("--name")?.Trim() is not { Length: > 0 } name) return Complain(errors, "--name is missing: it must say whose key it is.");
        var scopesText = arguments.Values.GetValueOrDefault("--scopes");
        if (!CallerScopesText.TryParse(scopesText, out var scopes)) return Complain(errors, $"--scopes is \"{scopesText}\": it must be one or more of upload, read, admin, separated by commas.");
        if (!TryReadExpiry(arguments.Values.GetValueOrDefault("--expires"), out var expires)) return Complain(errors, $"--expires is \"{arguments.Values["--expires"]}\": it must be a date and time such as 2027-01-31T00:00:00Z.");

        Print(output, ApiKeys.New(name, scopes, expires));
        return 0;
    }

    private static void Print(TextWriter output, NewApiKey made)
    {
        output.WriteLine($"Key: {made.Token}");
        output.WriteLine();
        output.WriteLine("Hand it to the caller: it is shown once and kept nowhere. It goes into a request as \"Authorization: Bearer …\".");
        output.WriteLine("Add this to the list ApiKeys in appsettings.json:");
        output.WriteLine();
        output.WriteLine($"  {{ \"Name\": {Quoted(made.Options.Name)}, \"Hash\": {Quoted(made.Options.Hash)}, \"Scopes\": [{string.Join(", ", made.Options.Scopes.Split(',').Select(Quoted))}]{Expiry(made.Options)} }}");
    }

    private static string Expiry(ApiKeyOptions options) =>
        options.Expires is { } at ? $", \"Expires\": {Quoted(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))}" : "";

    private static bool TryReadExpiry(string? text, out DateTimeOffset? expires)
    {
        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at);
        expires = read ? at : null;
        return read || text is null;
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static int Complain(TextWriter errors, string sentence)
    {
        errors.WriteLine(sentence);
        return CommandLine.CouldNotRun;
    }
}
