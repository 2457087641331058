using Gatehouse.Actors;

namespace Gatehouse.Gateway.Delivery;

/// <summary>This process, as claims name it: a new id with every start.</summary>
/// <param name="SoleOwner">One process owns the store (SQLite, memory): claims of any other owner are dead.</param>
public sealed record Node(string Id, bool SoleOwner)
{
    public static Node Start(bool soleOwner) => new(UploadId.New().ToString(), soleOwner);
}
