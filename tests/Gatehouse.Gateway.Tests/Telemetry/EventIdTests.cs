using System.Reflection;
using Gatehouse.Gateway.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Tests.Telemetry;

public sealed class EventIdTests
{
    [Fact]
    public void An_event_id_names_one_line_of_the_log()
    {
        const BindingFlags Everything = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var lines = typeof(GatehouseHost).Assembly.GetTypes().SelectMany(type => type.GetMethods(Everything))
            .Select(method => (Name: $"{method.DeclaringType!.Name}.{method.Name}", Line: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(method => method.Line is not null)
            .ToList();
        Assert.NotEmpty(lines);
        Assert.Empty(lines.GroupBy(line => line.Line!.EventId).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(line => line.Name))}"));
    }
}
