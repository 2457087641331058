using System.Xml;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>The names of elements, attributes and namespaces that the reader has met; documents use some hundred.</summary>
internal sealed class BoundedNames(long offset) : NameTable
{
    private const int Most = 16 * 1024;

    /// <summary>Of all together: the longest are addresses of some hundred characters.</summary>
    private const int MostCharacters = 1 << 20;

    private int _count;
    private long _characters;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

    public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

    private string Counted(string name) =>
        ++_count <= Most && (_characters += name.Length) <= MostCharacters ? name : throw ZipStops.Structure(offset, "a part of it has more names than any program writes");
}
