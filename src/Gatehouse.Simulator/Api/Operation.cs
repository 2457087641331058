namespace Gatehouse.Simulator;

/// <summary>What a call needs to be let in.</summary>
internal enum Access
{
    /// <summary>A living token, as every call of the Platform API.</summary>
    Token,

    /// <summary>A client's credentials: the token call, which faults reach only when they say <c>"token": true</c>.</summary>
    Credentials,

    /// <summary>No token of the Platform API, as it is no call of it, and no budget counts it: an address of a store that was given out before, and a guest's socket. It checks by itself who comes.</summary>
    OutsideApi,
}

/// <summary>One call that the simulated API answers.</summary>
internal abstract class Operation
{
    public abstract string Method { get; }

    /// <summary>The path's template.</summary>
    public abstract string Path { get; }

    /// <summary>The call's name in the statistics.</summary>
    public virtual string Name => Method + " " + Path;

    public virtual Access Access => Access.Token;

    /// <summary>The reply of a fault that was asked for by its status alone.</summary>
    public virtual Reply Fault(int status, int? retryAfterSeconds, string correlationId) => ErrorBody.Fault(status, retryAfterSeconds, correlationId);

    /// <summary>Does the work and says what to answer. <paramref name="correlationId"/>: the call's, which error replies repeat.</summary>
    public abstract ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken);
}

/// <summary>Any other path under <c>/api</c>.</summary>
internal sealed class UnknownOperation : Operation
{
    public static readonly UnknownOperation Instance = new();

    public override string Method => "*";

    public override string Path => "/api/{**rest}";

    public override string Name => "(no such path)";

    public override ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ErrorBody.Of(404, "not.found", "HTTP 404 Not Found", correlationId));
}
