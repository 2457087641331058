using System.Xml;

namespace Gatehouse.Inspection.Metadata;

/// <summary>The names of elements, attributes and namespaces in XMP, which has some hundred: with more of them than any program writes it is no XMP.</summary>
internal sealed class BoundedNames : NameTable
{
    private const int Most = 8 * 1024;

    private int _count;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

    public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

    private string Counted(string name) => ++_count <= Most ? name : throw new XmlException("It has more names than any program writes.");
}
