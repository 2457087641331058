namespace Gatehouse.Actors.Codec;

/// <summary>What to do with a stored state's schema before its bytes are looked at.</summary>
internal static class Schemas
{
    public static void Check(string kind, int stored, int known)
    {
        if (stored > known)
        {
            throw new NewerSchemaException(
                $"The stored state of this {kind} has schema {stored}, and this release reads {kind} states up to schema {known}: it was written by a newer release. Run that release; the state is left as it is.");
        }
        if (stored < 1) throw new InvalidDataException($"The stored state of this {kind} has schema {stored}; schemas start at 1.");
    }
}
