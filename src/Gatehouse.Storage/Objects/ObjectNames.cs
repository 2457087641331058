using System.Diagnostics.CodeAnalysis;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Objects;

/// <summary>A blob's name in an object store: the prefix that the bucket is shared by, and the id.</summary>
internal sealed class ObjectNames(string prefix)
{
    public string Prefix => prefix;

    public string Of(UploadId id) => $"{prefix}{id}";

    /// <summary>What is not ours under our prefix is passed over.</summary>
    public bool TryParse([NotNullWhen(true)] string? name, out UploadId id)
    {
        id = default;
        return name is not null && name.StartsWith(prefix, StringComparison.Ordinal) && UploadId.TryParse(name[prefix.Length..], out id);
    }
}
