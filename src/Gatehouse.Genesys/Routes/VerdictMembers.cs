using System.Text.Json;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>What the inspection found, as members of a message's own map of strings: flows and agents' scripts in Genesys can act on it.</summary>
internal static class VerdictMembers
{
    public static void Write(Utf8JsonWriter json, UploadRow upload)
    {
        json.WriteString("upload_id", upload.Id.ToString());
        json.WriteString("verdict", "accept");
        json.WriteString("detected_mime", upload.Mime);
        json.WriteString("sha256", upload.Sha256);
        json.WriteString("flags", string.Join(' ', upload.Flags));
    }
}
