using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Gateway.Problems;

/// <summary>A value, or why there is none.</summary>
public readonly record struct OrProblem<T>
{
    private OrProblem(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    public T? Value { get; }

    public Problem? Problem { get; }

    public bool Failed([NotNullWhen(true)] out Problem? problem, [MaybeNullWhen(true)] out T value)
    {
        problem = Problem;
        value = Value;
        return problem is not null;
    }

    public static implicit operator OrProblem<T>(T value) => new(value, problem: null);

    public static implicit operator OrProblem<T>(Problem problem) => new(default, problem);
}
