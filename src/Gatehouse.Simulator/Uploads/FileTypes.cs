using Microsoft.AspNetCore.StaticFiles;

namespace Gatehouse.Simulator;

/// <summary>The media type that a file's name lets expect.</summary>
internal static class FileTypes
{
    private static readonly FileExtensionContentTypeProvider Known = new();

    public static string Of(string fileName) => Known.TryGetContentType(fileName, out var mime) ? mime : "application/octet-stream";
}
