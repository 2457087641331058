namespace Gatehouse.Simulator;

/// <summary><c>configureSession</c>: opens the guest's session or goes on with it, and tells what it lets the guest send.</summary>
internal sealed class ConfigureSession(GuestBook book, TimeProvider time) : GuestAction
{
    private const int DurationSeconds = 259_200;

    /// <summary>Of one connection. A page has one, or a few.</summary>
    private const int MostSessions = 16;

    public override string Name => "configureSession";

    public override int? FaultOf(Faults faults) => faults.SessionError;

    public override GuestAnswer Do(GuestCall call)
    {
        if (call.Frame.Text("deploymentId", 64) is not { } deployment)
            return Refuse(call, GuestErrors.MissingParameter, "deploymentId is required");
        if (!string.Equals(deployment, call.Connection.Deployment, StringComparison.OrdinalIgnoreCase) || Faults.Names(call.Faults.UnknownDeployments, deployment))
            return Refuse(call, GuestErrors.BadRequest, "Deployment not found");
        if (call.Connection.Sessions.Count >= MostSessions && call.Session is null)
            return Refuse(call, GuestErrors.BadRequest, $"A connection has at most {Invariant.Text(MostSessions)} sessions");

        var (session, isNew) = book.Configure(deployment, call.Token);
        call.Connection.Sessions[call.Token] = session;
        session.Join(call.Connection);
        return GuestFrames.Response("SessionResponse", call.TracingId, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("connected", value: true);
            json.WriteBoolean("newSession", isNew);
            json.WriteBoolean("readOnly", call.Faults.SessionReadOnly == true);
            json.WriteBoolean("clearedExistingSession", value: false);
            json.WriteStartObject("allowedMedia");
            json.WriteStartObject("inbound");
            json.WriteStartArray("fileTypes");
            foreach (var type in call.Faults.Inbound.Order(StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("maxFileSizeKB", GuestFiles.MostKilobytes(call.Faults));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("blockedExtensions");
            foreach (var extension in GuestFiles.Blocked(call.Faults).Order(StringComparer.Ordinal))
                json.WriteStringValue(extension);
            json.WriteEndArray();
            json.WriteNumber("maxCustomDataBytes", OnMessage.MostCustomBytes);
            json.WriteNumber("durationSeconds", DurationSeconds);
            json.WriteNumber("expirationDate", time.GetUtcNow().AddSeconds(DurationSeconds).ToUnixTimeSeconds());
            json.WriteBoolean("autoStarted", value: false);
            json.WriteEndObject();
        });
    }
}
