namespace Gatehouse.Gateway.Problems;

/// <summary>One kind of refusal: what callers rely on (<paramref name="Name"/>, <paramref name="Status"/>) and what they read.</summary>
/// <param name="Name">The contract's code; <c>type</c> is <c>/problems/{Name}</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short summary that never varies (RFC 9457, section 3.1.3).</param>
/// <param name="Error">The sentence for the member <c>error</c> where an occurrence has none of its own.</param>
/// <param name="Cause">When it happens.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ProblemCode(string Name, int Status, string Title, string Error, string Cause, string Remedy)
{
    public string Type => "/problems/" + Name;

    /// <summary>The member <c>detail</c> where an occurrence has none of its own: the cause, without the marks of its page. Null of a fault of ours, of which the caller gets an id and no more.</summary>
    public string? Detail { get; } = Status == 500 ? null : Cause.Replace("`", "", StringComparison.Ordinal);

    public override string ToString() => Name;
}
