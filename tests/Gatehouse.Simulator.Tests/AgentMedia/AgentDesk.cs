using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gatehouse.Simulator.Tests.AgentMedia;

/// <summary>What an agent's client does, call by call.</summary>
internal static class AgentDesk
{
    public const string Conversation = "v-1";

    public static async Task<string> LiveLegAsync(this RunningSimulator simulator, string conversation = Conversation) => (await simulator.LegAsync("connected", conversation))!;

    /// <summary>The agent's leg in a state; null when there is none.</summary>
    public static async Task<string?> LegAsync(this RunningSimulator simulator, string state, string conversation = Conversation) =>
        (await simulator.GetAsync($"/api/v2/conversations/{conversation}")).GetProperty("participants").EnumerateArray()
            .Where(participant => participant.GetProperty("purpose").GetString() is "agent")
            .SelectMany(participant => participant.GetProperty("messages").EnumerateArray())
            .Where(leg => string.Equals(leg.GetProperty("state").GetString(), state, StringComparison.Ordinal))
            .Select(leg => leg.GetProperty("id").GetString())
            .SingleOrDefault();

    public static string Messages(string communication, string conversation = Conversation) => $"/api/v2/conversations/messages/{conversation}/communications/{communication}/messages";

    public static Task<HttpResponseMessage> BeginAsync(this RunningSimulator simulator, string leg, string fileName, long size) =>
        simulator.Http.PostAsJsonAsync(Messages(leg) + "/media/uploads", new { fileName, contentLengthBytes = size });

    /// <summary>The file where the answer says, with the headers that it says.</summary>
    public static Task<HttpResponseMessage> PutAsync(JsonElement begun, byte[] bytes, Action<HttpRequestMessage>? change = null) =>
        ObjectStore.PutAsync(begun.GetProperty("uploadUrl").GetString()!, begun.GetProperty("uploadHeaders"), bytes, change);

    public static async Task<string?> StatusAsync(this RunningSimulator simulator, string leg, string media) =>
        (await simulator.GetAsync($"{Messages(leg)}/media/{media}")).GetProperty("status").GetString();

    /// <summary>A file that may be sent.</summary>
    public static async Task<string> UploadedAsync(this RunningSimulator simulator, string leg, string fileName, byte[] bytes)
    {
        using var begun = await simulator.BeginAsync(leg, fileName, bytes.Length);
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var answer = await RunningSimulator.JsonOf(begun);
        using var put = await PutAsync(answer, bytes);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var id = answer.GetProperty("id").GetString()!;
        Assert.Equal("uploading", await simulator.StatusAsync(leg, id));
        Assert.Equal("valid", await simulator.StatusAsync(leg, id));
        return id;
    }

    public static Task<HttpResponseMessage> SendAsync(this RunningSimulator simulator, string leg, object message, string query = "") => simulator.Http.PostAsJsonAsync(Messages(leg) + query, message);
}
