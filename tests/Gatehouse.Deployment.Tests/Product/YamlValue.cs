using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Gatehouse.Deployment.Tests.Product;

/// <summary>A node of a YAML file: merges (<c>&lt;&lt;</c>) done, unquoted numbers and flags read as what they are.</summary>
/// <param name="Path">Where it stands, for messages.</param>
internal sealed record YamlValue(string Path, object? Value)
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().WithDuplicateKeyChecking().Build();

    public static YamlValue File(params string[] path) => Parse(path[^1], System.IO.File.ReadAllText(System.IO.Path.Combine([Repository.Root, .. path])));

    public static YamlValue Parse(string name, string yaml)
    {
        var parser = new MergingParser(new Parser(new StringReader(yaml)));
        parser.Consume<StreamStart>();
        var document = new YamlValue(name, Reader.Deserialize<object?>(parser));
        Assert.True(parser.Accept<StreamEnd>(out _), $"{name} has more than one document");
        return document;
    }

    /// <summary>Fails where there is none of this name.</summary>
    public YamlValue this[string name] => Find(name) ?? throw new InvalidOperationException($"{Path}.{name} is missing");

    public string Text => Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "";

    public long Number => Convert.ToInt64(Value, CultureInfo.InvariantCulture);

    public bool Flag => Value is true;

    public IReadOnlyDictionary<string, YamlValue> Members => Value is Dictionary<object, object?> map
        ? map.ToDictionary(m => (string)m.Key, m => new YamlValue($"{Path}.{m.Key}", m.Value), StringComparer.Ordinal)
        : new Dictionary<string, YamlValue>(StringComparer.Ordinal);

    public IReadOnlyList<YamlValue> Items => Value is List<object?> list ? [.. list.Select((item, i) => new YamlValue($"{Path}[{i}]", item))] : [];

    public IEnumerable<string> Texts => Items.Select(i => i.Text);

    public YamlValue? Find(string name) => Members.GetValueOrDefault(name);
}
