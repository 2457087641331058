using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Tests.Links;

public sealed class LoggedLinkTests : GatewayWithLinks
{
    private readonly Everything _log = new();

    private protected override void Also(IServiceCollection services)
    {
        base.Also(services);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
    }

    [Fact]
    public async Task What_makes_a_link_a_capability_is_in_no_log_not_even_the_servers_own_at_its_most_talkative()
    {
        var (answer, path) = await LinkedAsync("hello");
        await AssertGivesAsync(path, "hello");
        await ToldAsync(path + "x");
        await ToldAsync(path, request => request.Method = HttpMethod.Post);
        var signature = path[(path.IndexOf("signature=", StringComparison.Ordinal) + "signature=".Length)..];
        Assert.Contains(_log.Lines, line => line.Contains($"/files/{answer.Id}", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains(signature, StringComparison.Ordinal));
    }

    private sealed class Everything : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Enqueue(formatter(state, exception) + exception);
            if (state is IEnumerable<KeyValuePair<string, object?>> members) Lines.Enqueue(string.Join(' ', members.Select(member => $"{member.Key}={member.Value}")));
        }

        public void Dispose()
        {
        }
    }
}
