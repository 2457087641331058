using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>An open event stream, read block by block as it comes over the wire.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _reply;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage reply, Stream body)
    {
        _reply = reply;
        _lines = new StreamReader(body);
    }

    /// <summary>Far longer than anything here takes: a test that meets it has failed.</summary>
    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    public HttpResponseMessage Reply => _reply;

    public static async Task<EventReader> OpenAsync(RunningGateway gateway, string location, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, location + "/events");
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var reply = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        return new EventReader(reply, await reply.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event or comment; null at the end, when the server ended the stream in good order.</summary>
    public async Task<SentEvent?> NextAsync()
    {
        var sent = new SentEvent(IsComment: false, Name: "", Id: "", Data: "");
        while (await _lines.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0) return sent;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line[(colon + 1)..].TrimStart(' ');
            sent = line[..colon] switch
            {
                "" => sent with { IsComment = true },
                "event" => sent with { Name = value },
                "id" => sent with { Id = value },
                "data" => sent with { Data = sent.Data.Length == 0 ? value : $"{sent.Data}\n{value}" },
                var other => throw new FormatException($"No field of an event is called {other}."),
            };
        }
        return null;
    }

    /// <summary>What is left, as <c>number status</c>; comments are left out.</summary>
    public async Task<IReadOnlyList<string>> RestAsync()
    {
        List<string> rest = [];
        while (await NextAsync() is { } sent)
        {
            if (!sent.IsComment) rest.Add(sent.ToString());
        }
        return rest;
    }

    /// <summary>The whole answer, where it is no stream.</summary>
    public async Task<JsonElement> ProblemAsync() => JsonSerializer.Deserialize<JsonElement>(await _lines.ReadToEndAsync());

    public void Dispose()
    {
        _lines.Dispose();
        _reply.Dispose();
    }
}

/// <summary>One block of an event stream.</summary>
internal sealed record SentEvent(bool IsComment, string Name, string Id, string Data)
{
    public override string ToString() => IsComment
        ? "comment"
        : string.Create(CultureInfo.InvariantCulture, $"{Id} {JsonSerializer.Deserialize<JsonElement>(Data).GetProperty("upload").GetProperty("status").GetString()}");
}
