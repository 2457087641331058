namespace Gatehouse.Inspection.Signatures;

/// <summary>What a file is, for the message that refuses it; never a reason to accept it.</summary>
/// <param name="Mime">The bare type.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Advice">A sentence or two for the customer: what the file is and what to do instead.</param>
public sealed record NamedType(string Mime, string Name, string Advice);
