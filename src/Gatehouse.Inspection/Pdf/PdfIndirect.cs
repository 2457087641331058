namespace Gatehouse.Inspection.Pdf;

/// <summary>An object found in the file: where it is, and its stream's raw bytes if it has one.</summary>
/// <param name="Header">Of its "12 0 obj".</param>
/// <param name="Offset">Of the object's value, after "obj".</param>
/// <param name="StreamStart">-1: no stream.</param>
internal readonly record struct PdfIndirect(int Number, int Generation, long Header, long Offset, long StreamStart, long StreamLength)
{
    public bool HasStream => StreamStart >= 0;
}
