namespace Gatehouse.Inspection.Pdf;

/// <summary>What one file may cost. Each is far above what honest files of the largest size need.</summary>
internal static class PdfLimits
{
    public const int Depth = 64;
    public const int Objects = 300_000;

    /// <summary>Names, numbers, strings in one object: the widths of every CID are 65,536.</summary>
    public const int Values = 250_000;

    /// <summary>Bytes of objects whose values are kept from the first reading for the later ones: all of a small file's.</summary>
    public const int KeptBytes = 32 * 1024;

    /// <summary>Pictures in base64, in values of forms, take more than one megabyte.</summary>
    public const int StringLength = 4 << 20;

    public const int NameLength = 1024;

    /// <summary>One decoded stream; some programs pack all objects of a document in one, of 13 MB where each cell of its tables is tagged.</summary>
    public const int DecodedStream = 16 << 20;

    /// <summary>What all filters of a file read and make together, also those in the middle of a chain.</summary>
    public const long DecodedTotal = 96L << 20;

    /// <summary>A stream's filters are set up, however little it holds.</summary>
    public const int StreamCost = 1024;

    /// <summary>An entry of a stream's dictionary, which is asked for several others.</summary>
    public const int EntryCost = 4;

    public const int Filters = 8;
    public const int Pages = 50_000;
    public const int XrefSections = 1024;

    /// <summary>What may be spent on parsing in all: an honest file is read twice, what it packs once, and a little again for each reference. Twice as much takes some two seconds, whatever is in it.</summary>
    public const long Price = 16L << 20;

    /// <summary>The same, for each byte of the file.</summary>
    public const long PriceTimes = 3;

    /// <summary>Bytes that are parsed, for the price of one.</summary>
    public const int BytesPerPrice = 4;

    /// <summary>Bytes that are inflated, for the price of one; other filters count theirs twice.</summary>
    public const int DecodedPerPrice = 8;

    /// <summary>A name, a number, an array: what is made of the bytes is dearer than they are.</summary>
    public const int ValueCost = 3;

    /// <summary>What following one reference costs, whatever is there.</summary>
    public const int HopCost = 16;

    /// <summary>Moving the window is a read of the disk's cache, as dear as parsing so many bytes.</summary>
    public const int SlideCost = 512;

    /// <summary>Trying a password hashes hundreds of KB.</summary>
    public const int UnlockCost = 256 * 1024;

    /// <summary>A byte of XML, whose reader makes a string of each name and value.</summary>
    public const int XmlCost = 4;

    /// <summary>Unpacked bytes of object streams whose values are kept from the first reading for the second.</summary>
    public const int KeptPacked = 256 * 1024;

    /// <summary>Readers look for the last "startxref" near the end, wherever it stands.</summary>
    public const int TailLength = 4096;

    /// <summary>Bytes between objects that are neither white space, comment nor a known section.</summary>
    public const long StrayBytes = 4096;
}

/// <summary>Raised where a file exceeds a limit: nothing more can be said about it, and every caller up to the validator would only pass it on.</summary>
internal sealed class PdfLimitException(string reason, long offset) : Exception(reason)
{
    public string Reason { get; } = reason;

    public long Offset { get; } = offset;
}
