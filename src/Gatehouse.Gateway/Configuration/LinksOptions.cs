using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Links to uploaded files, for routes that hand them out.</summary>
public sealed record LinksOptions
{
    public int LifetimeHours { get; init; } = (int)Configuration.Keys.LinksLifetimeHours.Default;

    /// <summary>The address under which the world reaches this gateway; null: none.</summary>
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>The first signs, all are believed. None: this gateway serves no links.</summary>
    public IReadOnlyList<LinkKeyOptions> Keys { get; init; } = [];

    public static readonly LinksOptions None = new();

    internal static LinksOptions Read(IConfiguration configuration, KeyReader reader) => new()
    {
        LifetimeHours = (int)reader.Number(Configuration.Keys.LinksLifetimeHours),
        PublicBaseUrl = reader.Address(Configuration.Keys.LinksPublicBaseUrl),
        Keys = [.. configuration.GetSection("Links:Keys").GetChildren().Select(section => new LinkKeyOptions(section["Id"]?.Trim() ?? "", section["Secret"]?.Trim() ?? ""))],
    };

    /// <summary>With the embedded simulator links work as they are: its fetches come from this machine, and a start may forget them.</summary>
    internal LinksOptions AtSimulator(IReadOnlyList<string> urls) => this with
    {
        PublicBaseUrl = PublicBaseUrl ?? (urls.Count > 0 && ListenAddress.TryRead(urls[0], out var own) ? own.FromThisMachine : null),
        Keys = Keys.Count > 0 ? Keys : [new LinkKeyOptions("simulator", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))],
    };
}

/// <summary>One key that signs links, or did.</summary>
/// <param name="Id">Stands in each link that it signed.</param>
/// <param name="Secret">At least 32 characters.</param>
public sealed record LinkKeyOptions(string Id, string Secret);
