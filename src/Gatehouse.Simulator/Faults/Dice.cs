using System.Security.Cryptography;

namespace Gatehouse.Simulator;

/// <summary>Decides random faults, from a seed that a failed run can be repeated with.</summary>
internal sealed class Dice(SimulatorOptions options)
{
    private readonly Lock _turn = new();
    private Random? _random;

    public int Seed { get; } = options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>True in the given share of calls. 0 and 1 are certain and draw nothing, so that they do not shift the other faults' draws.</summary>
    public bool Hits(double share)
    {
        if (share <= 0)
            return false;
        if (share >= 1)
            return true;
        lock (_turn)
        {
            return (_random ??= new Random(Seed)).NextDouble() < share;
        }
    }
}
