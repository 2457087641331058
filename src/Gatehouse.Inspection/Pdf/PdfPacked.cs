namespace Gatehouse.Inspection.Pdf;

/// <summary>An object in an object stream.</summary>
/// <param name="Container">Which of the file's object streams.</param>
/// <param name="Scalar">Its value; of an array or a dictionary only that it is one.</param>
/// <param name="Earlier">The definition of the same number before it, in the list of all; -1: none.</param>
internal readonly record struct PdfPacked(int Container, int Index, PdfValue Scalar, int Earlier);
