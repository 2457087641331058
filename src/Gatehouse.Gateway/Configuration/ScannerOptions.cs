using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The virus scanner: clamd.</summary>
public sealed record ScannerOptions
{
    /// <summary>sun_path of unix(7), its last NUL not counted.</summary>
    private const int LongestSocketPath = 107;

    /// <summary>Null: there is none.</summary>
    public EndPoint? Clamd { get; init; }

    /// <summary>The longest scan, from the file's first byte to the answer.</summary>
    public int TimeoutSeconds { get; init; } = (int)Keys.ScannerTimeoutSeconds.Default;

    public int ConnectTimeoutSeconds { get; init; } = (int)Keys.ScannerConnectTimeoutSeconds.Default;

    /// <summary>Scans at once.</summary>
    public int MaxConnections { get; init; } = (int)Keys.ScannerMaxConnections.Default;

    /// <summary>A file that the scanner has no verdict on is let in, with a flag.</summary>
    public bool AcceptsInconclusive { get; init; }

    internal static ScannerOptions Read(KeyReader reader) => new()
    {
        Clamd = ReadAddress(reader),
        TimeoutSeconds = (int)reader.Number(Keys.ScannerTimeoutSeconds),
        ConnectTimeoutSeconds = (int)reader.Number(Keys.ScannerConnectTimeoutSeconds),
        MaxConnections = (int)reader.Number(Keys.ScannerMaxConnections),
        AcceptsInconclusive = reader.Choice(Keys.ScannerInconclusive) is "accept",
    };

    private static EndPoint? ReadAddress(KeyReader reader)
    {
        var text = reader.Text(Keys.ScannerAddress);
        if (text.Length == 0) return null;
        if ((Socket(text) ?? Host(text)) is { } address) return address;
        reader.Refuse(Keys.ScannerAddress, "it must be clamd's address, as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl, or empty");
        return null;
    }

    private static UnixDomainSocketEndPoint? Socket(string text)
    {
        const string Scheme = "unix:";
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var path = text[Scheme.Length..];
        if (path.StartsWith("///", StringComparison.Ordinal)) path = path[2..];
        return Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(path) <= LongestSocketPath ? new(path) : null;
    }

    private static EndPoint? Host(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not "tcp" || uri.Port is < 1 or > ushort.MaxValue || uri.Host.Length == 0) return null;
        if (uri.UserInfo.Length > 0 || uri.PathAndQuery is not ("" or "/") || uri.Fragment.Length > 0) return null;
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? new IPEndPoint(ip, uri.Port) : new DnsEndPoint(uri.Host, uri.Port);
    }
}
