using System.Buffers;

namespace Gatehouse.Genesys.Routes;

/// <summary>A file's name as <c>UploadMediaRequest.fileName</c> takes it: no whitespace, none of <c>\{^}%`]"&gt;[~&lt;#|</c>, no dot in front, no slash at the end.</summary>
internal static class MediaName
{
    private static readonly SearchValues<char> Refused = SearchValues.Create("\\{^}%`]\">[~<#|/");

    public static string Of(string filename)
    {
        var name = string.Create(filename.Length, filename, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsWhiteSpace(source[i]) || char.IsControl(source[i]) || Refused.Contains(source[i]) ? '_' : source[i];
        });
        return name.StartsWith('.') ? "_" + name : name;
    }
}
