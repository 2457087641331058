using System.Collections.Frozen;
using static Gatehouse.Gateway.Problems.ProblemCodes;

namespace Gatehouse.Gateway.Problems;

/// <summary>Every code there is. <c>docs/http.md</c> and <c>GET /problems/{code}</c> say what this table says.</summary>
public static class ProblemCatalogue
{
    /// <summary>In the contract's order.</summary>
    public static IReadOnlyList<ProblemCode> All { get; } =
    [
        FileMissing, FilenameMissing, FileEmpty, MultipleFiles, MultipartInvalid, FilenameInvalid, ContactIdMissing, ContactIdInvalid, RouteFieldMissing,
        IdempotencyKeyInvalid, PreferInvalid, Unauthenticated, Forbidden, ContactNotFound, UploadNotFound, UploadTooSlow, InProgress, FileTooLarge,
        TypeNotAllowed, ContentDamaged, ContentUnsafe, IdempotencyKeyReused, QuotaExceeded, TooManyAttempts, TooManyUploadsAtOnce, GenesysRefused, Busy,
        ScannerUnavailable, ShuttingDown, InternalError,
    ];

    private static readonly FrozenDictionary<string, ProblemCode> ByName = All.ToFrozenDictionary(code => code.Name, StringComparer.Ordinal);

    public static ProblemCode? Find(string name) => ByName.GetValueOrDefault(name);
}
