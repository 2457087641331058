namespace Gatehouse.Gateway.Multipart;

/// <summary>A part's <c>Content-Disposition: form-data</c> (RFC 7578, section 4.2).</summary>
/// <param name="Filename">Null when the part is no file; empty when no file was chosen.</param>
internal sealed record Disposition(string Name, string? Filename)
{
    /// <summary>Reads the header's value; a failure is a sentence without its place.</summary>
    public static Disposition? Parse(string value, out string problem)
    {
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var kind = (semicolon < 0 ? value : value[..semicolon]).Trim(' ', '\t');
        if (!kind.Equals("form-data", StringComparison.OrdinalIgnoreCase)) return No("Content-Disposition is not form-data.", out problem);

        var parameters = ParameterList.Parse(semicolon < 0 ? "" : value.AsSpan(semicolon));
        if (parameters.Problem is { } wrong) return No($"Content-Disposition: {wrong}", out problem);
        // RFC 2231's continuations (filename*0) and name* let two readers see two names.
        if (parameters.FindLongerName("filename*") is { } continued) return No($"Content-Disposition: the parameter {continued} is not accepted.", out problem);
        if (parameters.FindLongerName("name*") is not null || parameters.Find("name*") is not null)
            return No("Content-Disposition: name* is not accepted.", out problem);
        if (parameters.Find("name") is not { Length: > 0 } name) return No("Content-Disposition: the name is missing.", out problem);

        var extended = parameters.FindItem("filename*");
        if (extended is { Quoted: true }) return No("Content-Disposition: filename* must not be quoted (RFC 8187).", out problem);
        var filename = PartFilename.Resolve(parameters.Find("filename"), extended?.Value, out problem);
        return problem.Length > 0 ? null : new Disposition(PartFilename.Unescape(name), filename);
    }

    private static Disposition? No(string sentence, out string problem)
    {
        problem = sentence;
        return null;
    }
}
