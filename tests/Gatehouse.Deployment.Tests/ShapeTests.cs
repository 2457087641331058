using Gatehouse.Deployment.Tests.Product;
using Gatehouse.Deployment.Tests.Shapes;

namespace Gatehouse.Deployment.Tests;

/// <summary>A shape that let everything through would prove nothing.</summary>
public sealed class ShapeTests
{
    private static readonly Shape Pod = Shape.Object(
        ("name", Shape.Like("[a-z]+")), ("port", Shape.Whole(1, 65535)), ("ready?", Shape.Flag), ("labels?", Shape.Names(Shape.Text)), ("args?", Shape.List(Shape.Text)));

    [Theory]
    [InlineData("{name: a, port: 80}")]
    [InlineData("{name: a, port: 80, ready: true, labels: {x: y}, args: [a]}")]
    public void What_is_right_passes(string yaml) => Assert.Empty(Faults(yaml));

    [Theory]
    [InlineData("{name: a}", "it.port is missing")]
    [InlineData("{name: a, port: 80, redy: true}", "it.redy is no field that is known")]
    [InlineData("{name: a, port: \"80\"}", "it.port is no whole number")]
    [InlineData("{name: a, port: 0}", "it.port is 0, not between 1 and 65535")]
    [InlineData("{name: A, port: 80}", "it.name is \"A\", which is not like [a-z]+")]
    [InlineData("{name: 1, port: 80}", "it.name is no text")]
    [InlineData("{name: a, port: 80, ready: \"true\"}", "it.ready is neither true nor false")]
    [InlineData("{name: a, port: 80, labels: {x: true}}", "it.labels.x is no text")]
    [InlineData("{name: a, port: 80, labels: {\"x y\": z}}", "the name it.labels.x y is \"x y\", which is not like [A-Za-z0-9][A-Za-z0-9_.-]*")]
    [InlineData("{name: a, port: 80, args: []}", "it.args is empty")]
    [InlineData("{name: a, port: 80, args: a}", "it.args is no list")]
    [InlineData("{name: a, port: 80, args: [a, 1]}", "it.args[1] is no text")]
    [InlineData("[a]", "it has no fields")]
    public void What_is_wrong_is_named_with_its_place(string yaml, string fault) => Assert.Equal(fault, Assert.Single(Faults(yaml)));

    [Fact]
    public void A_field_given_twice_is_no_YAML() => Assert.ThrowsAny<YamlDotNet.Core.YamlException>(() => Faults("{name: a, name: b, port: 80}"));

    [Fact]
    public void A_merge_brings_what_it_names() =>
        Assert.Empty(Shape.Object(("base", Shape.Object(("a", Shape.Whole(1, 1)))), ("over", Shape.Object(("a", Shape.Whole(1, 1)), ("b", Shape.Whole(3, 3))))).Faults(
            YamlValue.Parse("it", "base: &base\n  a: 1\nover:\n  <<: *base\n  b: 3\n")));

    private static List<string> Faults(string yaml) => [.. Pod.Faults(YamlValue.Parse("it", yaml))];
}
