using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

/// <summary><c>docs/configuration.md</c> has a row for every key, with its default and its sentence, and none for another.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void The_page_and_the_catalogue_are_the_same()
    {
        Assert.Equal(Keys.All.Select(Row), Documented.Rows("configuration.md", "## Every key"));
    }

    [Fact]
    public void Every_key_has_a_name_of_its_own() => Assert.Equal(Keys.All.Count, Keys.All.Select(k => k.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    private static string Row(ConfigurationKey key) =>
        $"| `{key.Name}` | {(key.DefaultText.Length == 0 ? "" : $"`{key.DefaultText}` ")}| {key.About} |";
}
