using System.Text.Json;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>A problem as a delivery stored it: its JSON, and what an answer needs of it.</summary>
public sealed record StoredProblem(int Status, string Code, string Json)
{
    public static StoredProblem Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.GetProperty("status").GetInt32(), document.RootElement.GetProperty("code").GetString()!, json);
    }
}
