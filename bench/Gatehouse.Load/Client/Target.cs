using System.Globalization;
using System.Net;
using System.Text;

namespace Gatehouse.Load;

/// <summary>Where uploads go and how one looks there: Gatehouse's form, or the simulator's attachments route.</summary>
internal sealed record Target(IPEndPoint Address, string? Token)
{
    private const string Boundary = "----gatehouse-load-5f2c9a7e1b";

    /// <summary>Ends every body.</summary>
    public static readonly byte[] Tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");

    /// <summary>Everything of a request before the image's own bytes.</summary>
    public string HeadOf(string contact, int imageBytes)
    {
        const string file = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.png\"\r\nContent-Type: image/png\r\n\r\n";
        var form = Token is null ? $"--{Boundary}\r\nContent-Disposition: form-data; name=\"contact_id\"\r\n\r\n{contact}\r\n{file}" : file;
        var path = Token is null ? "/upload" : $"/api/v2/externalcontacts/{contact}/attachments";
        var authorization = Token is null ? "" : $"Authorization: Bearer {Token}\r\n";
        var length = (form.Length + imageBytes + Tail.Length).ToString(CultureInfo.InvariantCulture);
        return $"POST {path} HTTP/1.1\r\nHost: {Address}\r\n{authorization}Content-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {length}\r\n\r\n{form}";
    }
}
