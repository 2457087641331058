using System.Globalization;
using System.Text.RegularExpressions;
using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests.Shapes;

/// <summary>What a node of a YAML file may be. Only what is used is known: a field that no shape names is a fault, mistyped or not.</summary>
internal abstract record Shape
{
    /// <summary>Free text; a number or a flag that is not quoted is none.</summary>
    public static Shape Text { get; } = new TextShape(".+");

    public static Shape Flag { get; } = new FlagShape();

    public static Shape Nothing { get; } = new NothingShape();

    /// <param name="pattern">A regular expression that the whole text must match.</param>
    public static Shape Like(string pattern) => new TextShape(pattern);

    public static Shape Whole(long min, long max) => new WholeShape(min, max);

    public static Shape Either(params Shape[] shapes) => new EitherShape(shapes);

    public static Shape List(Shape of) => new ListShape(of);

    /// <summary>Names of the file's own, all with values of one shape.</summary>
    public static Shape Names(Shape values, string pattern = "[A-Za-z0-9][A-Za-z0-9_.-]*") => new NamesShape(values, pattern);

    /// <param name="members">A name that ends in <c>?</c> may be left out.</param>
    public static Shape Object(params (string Name, Shape Shape)[] members) => new ObjectShape(members.ToDictionary(m => m.Name.TrimEnd('?'), m => (m.Shape, Needed: !m.Name.EndsWith('?')), StringComparer.Ordinal));

    /// <summary>What is wrong, a sentence each with the path; empty: nothing.</summary>
    public abstract IEnumerable<string> Faults(YamlValue node);

    private sealed record TextShape(string Pattern) : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node)
        {
            if (node.Value is not string text) yield return $"{node.Path} is no text";
            else if (!Regex.IsMatch(text, $"^(?:{Pattern})$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))) yield return $"{node.Path} is \"{text}\", which is not like {Pattern}";
        }
    }

    private sealed record FlagShape : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node) => node.Value is bool ? [] : [$"{node.Path} is neither true nor false"];
    }

    private sealed record NothingShape : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node) => node.Value is null ? [] : [$"{node.Path} must be empty"];
    }

    private sealed record WholeShape(long Min, long Max) : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node)
        {
            if (node.Value is not (byte or short or ushort or int or uint or long or ulong)) yield return $"{node.Path} is no whole number";
            else if (Convert.ToDecimal(node.Value, CultureInfo.InvariantCulture) is var number && (number < Min || number > Max)) yield return $"{node.Path} is {number}, not between {Min} and {Max}";
        }
    }

    private sealed record EitherShape(IReadOnlyList<Shape> Shapes) : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node) => Shapes.Any(s => !s.Faults(node).Any()) ? [] : Shapes.SelectMany(s => s.Faults(node));
    }

    private sealed record ListShape(Shape Of) : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node)
        {
            if (node.Value is not List<object?>) return [$"{node.Path} is no list"];
            return node.Items.Count == 0 ? [$"{node.Path} is empty"] : node.Items.SelectMany(Of.Faults);
        }
    }

    private sealed record NamesShape(Shape Values, string Pattern) : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node)
        {
            if (node.Value is not Dictionary<object, object?>) return [$"{node.Path} has no names"];
            var names = new TextShape(Pattern);
            return node.Members.SelectMany(m => names.Faults(new YamlValue($"the name {m.Value.Path}", m.Key)).Concat(Values.Faults(m.Value)));
        }
    }

    private sealed record ObjectShape(IReadOnlyDictionary<string, (Shape Shape, bool Needed)> Known) : Shape
    {
        public override IEnumerable<string> Faults(YamlValue node)
        {
            if (node.Value is not Dictionary<object, object?>) return [$"{node.Path} has no fields"];
            var missing = Known.Where(k => k.Value.Needed && !node.Members.ContainsKey(k.Key)).Select(k => $"{node.Path}.{k.Key} is missing");
            return missing.Concat(node.Members.SelectMany(m => Known.TryGetValue(m.Key, out var known) ? known.Shape.Faults(m.Value) : [$"{m.Value.Path} is no field that is known"]));
        }
    }
}
