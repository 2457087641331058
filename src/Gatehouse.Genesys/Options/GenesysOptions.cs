namespace Gatehouse.Genesys;

/// <summary>The OAuth client of Genesys Cloud, or several, and how calls are made with it: the configuration section <c>Genesys</c>.</summary>
public sealed class GenesysOptions
{
    /// <summary>A region's name or domain (<see cref="GenesysRegions"/>). Not needed where both addresses are given.</summary>
    public string? Region { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Several clients, in the place of the one.</summary>
    public IReadOnlyList<ClientOptions> Clients { get; set; } = [];

    /// <summary>Where <c>/oauth/token</c> lives, instead of the region's own host.</summary>
    public string? LoginBaseAddress { get; set; }

    /// <summary>Where <c>/api/v2</c> lives, instead of the region's own host.</summary>
    public string? ApiBaseAddress { get; set; }

    /// <summary>API requests in any 60 s of one client, all nodes together. Genesys' documented limit for one client's token is 300. 0: unlimited.</summary>
    public int RequestsPerMinute { get; set; } = 300;

    /// <summary>For a connection, its TLS included.</summary>
    public double ConnectTimeoutSeconds { get; set; } = 5;

    /// <summary>For a token request as a whole. Below the 15 s in which the claimed refresh must be reported.</summary>
    public double LoginTimeoutSeconds { get; set; } = 10;

    /// <summary>For one API request as a whole, from its connection to the last byte of the answer: 10 MiB at 1.4 Mbit/s.</summary>
    public double CallTimeoutSeconds { get; set; } = 60;

    /// <summary>The longest wait that a <c>Retry-After</c> is granted, in seconds; a day by itself.</summary>
    public double MaxRetryAfterSeconds { get; set; } = 86_400;

    /// <summary>The clients that calls are spread over: the one, or those of the list.</summary>
    public IReadOnlyList<ClientOptions> Secrets() => Clients.Count > 0 ? Clients : [new ClientOptions(ClientId, ClientSecret)];

    /// <summary>The same, for use: the options were checked.</summary>
    public IReadOnlyList<ClientCredentials> Credentials() => [.. Secrets().Select(c => new ClientCredentials(c.ClientId!, c.ClientSecret!))];

    /// <summary>What is wrong, a sentence each, naming key, value and what is allowed; empty when all is well. Secrets are never in a sentence.</summary>
    public IReadOnlyList<string> Validate() => [.. GenesysOptionsRules.Broken(this)];

    /// <summary>Where the region's Messenger guests connect; null: the options name no region.</summary>
    public Uri? WebMessagingHost() => GenesysOptionsRules.Hosts(this)?.WebMessaging;

    /// <summary>Where calls go. Throws <see cref="InvalidOperationException"/> with the first sentence of <see cref="Validate"/> where the options do not say.</summary>
    public GenesysHosts ResolveHosts() => GenesysOptionsRules.Hosts(this) ?? throw new InvalidOperationException(Validate()[0]);
}

/// <summary>One of several clients.</summary>
public sealed record ClientOptions(string? ClientId, string? ClientSecret)
{
    public bool HasUsableSecret => GenesysOptionsRules.IsCredential(ClientSecret);

    // A record prints its members; a secret is never printed.
    public override string ToString() => $"{nameof(ClientOptions)} {{ {nameof(ClientId)} = {ClientId} }}";
}
