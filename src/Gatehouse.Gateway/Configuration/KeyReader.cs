using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Reads keys of the catalogue; what it cannot take it puts down as a sentence naming the key, the value and what is allowed, and reads the default instead.</summary>
public sealed class KeyReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public long Number(NumberKey key)
    {
        var text = Raw(key.Name);
        if (text.Length == 0) return key.Default;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= key.Min && number <= key.Max)
            return number;
        Refuse(key);
        return key.Default;
    }

    public string Text(TextKey key) => Raw(key.Name) is { Length: > 0 } text ? text : key.Default;

    /// <summary>An absolute path; null: none.</summary>
    public string? Folder(TextKey key)
    {
        var given = Text(key);
        if (given.Length == 0) return null;
        if (!given.Contains('\0', StringComparison.Ordinal)) return Path.GetFullPath(given);
        Refuse(key, "it must be a folder's path");
        return null;
    }

    /// <summary>Null: none. An empty value takes a default away, unlike that of other keys.</summary>
    public Uri? Address(AddressKey key)
    {
        var text = (configuration[key.Name] ?? key.Default).Trim();
        if (text.Length == 0) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        Refuse(key);
        return key.Default.Length == 0 ? null : new Uri(key.Default);
    }

    /// <summary>One that others are built upon: a user, a query or a fragment would go into each of them.</summary>
    public Uri? BareAddress(AddressKey key)
    {
        var address = Address(key);
        if (address is null or { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }) return address;
        Refuse(key, "it must be an address without user, query and fragment");
        return null;
    }

    public string Choice(ChoiceKey key)
    {
        var text = Raw(key.Name);
        if (text.Length == 0) return key.Default;
        if (key.Choices.FirstOrDefault(c => string.Equals(c, text, StringComparison.OrdinalIgnoreCase)) is { } choice) return choice;
        Refuse(key);
        return key.Default;
    }

    public IReadOnlyList<string> List(ListKey key) => ConfiguredList.Read(configuration, key.Name) ?? key.Default;

    public bool IsSet(ConfigurationKey key) => Raw(key.Name).Length > 0;

    public void Refuse(ConfigurationKey key) => Refuse(key, "it must be " + key.Allowed);

    /// <param name="key">Its value is quoted, unless that may be a secret.</param>
    /// <param name="because">The rest of the sentence, without a dot.</param>
    public void Refuse(ConfigurationKey key, string because) =>
        _problems.Add(key.Hides(Raw(key.Name)) ? $"{key.Name} is wrong: {because}." : $"{key.Name} is \"{Shown(key)}\": {because}.");

    public void Add(string sentence) => _problems.Add(sentence);

    private string Shown(ConfigurationKey key) => key is ListKey list ? string.Join(", ", List(list)) : Raw(key.Name);

    private string Raw(string name) => configuration[name]?.Trim() ?? "";
}
