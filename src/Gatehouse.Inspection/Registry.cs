using Gatehouse.Inspection.Gif;
using Gatehouse.Inspection.Heic;
using Gatehouse.Inspection.Jpeg;
using Gatehouse.Inspection.Mp4;
using Gatehouse.Inspection.Pdf;
using Gatehouse.Inspection.Png;
using Gatehouse.Inspection.Text;
using Gatehouse.Inspection.Webp;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection;

/// <summary>Every validator. A type without one here can only be named, never let in.</summary>
internal static class Registry
{
    /// <summary>Types with a signature of their own, most specific first. The first that matches judges the file.</summary>
    public static IReadOnlyList<ValidatorEntry> BySignature { get; } =
    [
        PngValidator.Entry,
        JpegValidator.Entry,
        PdfValidator.Entry,
        GifValidator.Entry,
        WebpValidator.Entry,
        Mp4Validator.Entry,
        HeicValidator.Entry,
        HeicValidator.GeneralEntry,
    ];

    /// <summary>Types of one signature, told apart at their end by the one validator of all. Where none of them is allowed, they are merely named.</summary>
    public static IReadOnlyList<ValidatorEntry> ByDirectory { get; } = ZipValidator.Entries;

    /// <summary>Types without a signature: asked when no signature, allowed or merely named, matches.</summary>
    public static IReadOnlyList<ValidatorEntry> ByElimination { get; } =
    [
        TextValidator.Entry,
    ];

    public static IReadOnlyList<ValidatorEntry> Validators { get; } = [.. BySignature, .. ByDirectory, .. ByElimination];
}
