namespace Gatehouse.Inspection.Office.Markup;

/// <summary>A part is not well-formed from here on.</summary>
internal sealed class MarkupException() : Exception("This is no proper XML.");
