using System.Globalization;

namespace Gatehouse.Gateway.Configuration;

/// <summary>One key of the configuration: what it is called, what it is when nobody says, and what it is for.</summary>
/// <param name="Name">As .NET's configuration spells it: <c>Section:Key</c>.</param>
/// <param name="About">One line for people, without a closing dot.</param>
public abstract record ConfigurationKey(string Name, string About)
{
    /// <summary>The default as it would be written in configuration; empty: none.</summary>
    public abstract string DefaultText { get; }

    /// <summary>What may stand there, to end the sentence "it must be …".</summary>
    public abstract string Allowed { get; }

    /// <summary>Its value is never shown.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether this value of it is never shown.</summary>
    public virtual bool Hides(string value) => Secret;
}

/// <summary>A whole number within bounds.</summary>
public sealed record NumberKey(string Name, long Default, long Min, long Max, string About) : ConfigurationKey(Name, About)
{
    public override string DefaultText => Default.ToString(CultureInfo.InvariantCulture);

    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Min} to {Max}");
}

/// <summary>Free text; empty means none.</summary>
public sealed record TextKey(string Name, string Default, string About) : ConfigurationKey(Name, About)
{
    public override string DefaultText => Default;

    public override string Allowed => "text";

    /// <summary>An address of any form, or several.</summary>
    public bool IsAddress { get; init; }

    public override bool Hides(string value) => base.Hides(value) || (IsAddress && AddressKey.MayHoldSecret(value));
}

/// <summary>An absolute http or https address; empty means none.</summary>
public sealed record AddressKey(string Name, string Default, string About) : ConfigurationKey(Name, About)
{
    public override string DefaultText => Default;

    public override string Allowed => Needs;

    /// <summary>What may stand there, where that is less than any address.</summary>
    public string Needs { get; init; } = "an absolute http or https address, or empty";

    public override bool Hides(string value) => MayHoldSecret(value);

    /// <summary>Before an @ may stand a password, in a query or a fragment a token.</summary>
    public static bool MayHoldSecret(string address) => address.AsSpan().ContainsAny('@', '?', '#');
}

/// <summary>One of a few words.</summary>
public sealed record ChoiceKey(string Name, string Default, IReadOnlyList<string> Choices, string About)
    : ConfigurationKey(Name, About)
{
    public override string DefaultText => Default;

    public override string Allowed => string.Join(" or ", Choices);
}

/// <summary>A list of words. What is configured replaces the default as a whole.</summary>
public sealed record ListKey(string Name, IReadOnlyList<string> Default, string About) : ConfigurationKey(Name, About)
{
    public override string DefaultText => string.Join(", ", Default);

    public override string Allowed => $"a list, as {Name}:0, {Name}:1, … or separated by commas";
}
