namespace Gatehouse.Simulator;

/// <summary><c>/simulator/faults</c>: what is in force, and its replacement as a whole.</summary>
internal static class FaultPages
{
    // 10,000 contact ids of 64 characters.
    private const int MostBodyBytes = 1 << 20;

    public static void Map(WebApplication app)
    {
        var board = app.Services.GetRequiredService<FaultBoard>();
        app.MapMethods("/simulator/faults", [HttpMethods.Get], http => InForceAsync(http, board));
        app.MapMethods("/simulator/faults", [HttpMethods.Post], http => ReplaceAsync(http, board));
    }

    private static async Task ReplaceAsync(HttpContext http, FaultBoard board)
    {
        var body = await SmallBody.ReadAsync(http.Request, MostBodyBytes, http.RequestAborted);
        var (faults, problem) = body is { } json ? FaultsJson.Read(json) : (null, new FaultProblem(null, "The body is longer than a megabyte."));
        if (faults is null)
        {
            await Reply.Json(StatusCodes.Status400BadRequest, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("field", problem?.Field);
                writer.WriteString("error", problem?.Error);
                writer.WriteEndObject();
            }).SendAsync(http.Response);
            return;
        }

        board.Current = faults;
        await InForceAsync(http, board);
    }

    private static Task InForceAsync(HttpContext http, FaultBoard board) =>
        Reply.Json(StatusCodes.Status200OK, json => FaultsJson.Write(json, board.Current)).SendAsync(http.Response).AsTask();
}
