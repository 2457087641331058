using System.Collections.Concurrent;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Gateway.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Tests.Pipeline;

/// <summary>One structured line for every upload request, with all that an operator asks for.</summary>
public sealed class UploadLogTests : GatewayAtSimulator
{
    private const int UploadEvent = 1001;

    private readonly Lines _lines = new();

    private protected override GatehouseOptions Adjust(GatehouseOptions options) => options with { Genesys = options.Genesys with { ClientSecret = "open-sesame" } };

    private protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddSingleton<ILoggerProvider>(_lines);
    }

    [Fact]
    public async Task A_delivered_upload_has_one_line_with_all_its_members()
    {
        var answer = await Gateway.UploadAsync("ada", "hello");
        var line = Assert.Single(_lines.Of(UploadEvent));
        Assert.Equal(answer.Id, line["Upload"]);
        Assert.Equal(("ada", "text/plain", "text/plain", "5", "accept"), (line["Contact"], line["DeclaredType"], line["DetectedType"], line["Size"], line["Verdict"]));
        Assert.Equal(("delivered", "200", "1"), (line["Outcome"], line["Status"], line["Attempts"]));
        Assert.Equal(36, line["CorrelationIds"].Length);
        foreach (var step in StepClock.Names) Assert.Contains(step + "=", line["StepMilliseconds"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_upload_has_one_line_with_its_code()
    {
        await Gateway.UploadAsync("ada", "MZ\0\0\0\0");
        var line = Assert.Single(_lines.Of(UploadEvent));
        Assert.Equal(("refused", "415", "type-not-allowed"), (line["Outcome"], line["Status"], line["Code"]));
    }

    [Fact]
    public async Task Who_hangs_up_has_one_line_too_and_nothing_is_remembered_of_it()
    {
        await Genesys.FaultsAsync(new { status = 503 });
        using var hangUp = new CancellationTokenSource();
        var upload = Gateway.UploadAsync("ada", "hello", cancellationToken: hangUp.Token);
        await Gateway.UntilAdmittedAsync("ada");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await Eventually.TrueAsync(() => _lines.Of(UploadEvent).Count == 1);
        var line = Assert.Single(_lines.Of(UploadEvent));
        Assert.Equal(("hung_up", "499"), (line["Outcome"], line["Status"]));
        await Genesys.HealAsync();
        await Eventually.HoldsAsync("it arrives all the same", async () => (await Genesys.ReceivedAsync()).Count == 1 ? null : "nothing");
        await Eventually.TrueAsync(() => Gateway.Get<Deliveries>().Running == 0);
        Assert.Single(_lines.Of(UploadEvent));
    }

    [Fact]
    public async Task No_secret_and_no_token_is_in_any_line()
    {
        await Genesys.FaultsAsync(new { status = 403 });
        await Gateway.UploadAsync("ada", "hello");
        Assert.NotEmpty(_lines.All);
        Assert.All(_lines.All, line => Assert.DoesNotContain("Bearer", line, StringComparison.Ordinal));
        Assert.All(_lines.All, line => Assert.DoesNotContain("open-sesame", line, StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(int Event, Dictionary<string, string> Members, string Text)> _lines = new();

        public IReadOnlyList<string> All => [.. _lines.Select(line => line.Text)];

        public IReadOnlyList<Dictionary<string, string>> Of(int id) => [.. _lines.Where(line => line.Event == id).Select(line => line.Members)];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var members = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            _lines.Enqueue((eventId.Id, members.ToDictionary(m => m.Key, m => m.Value?.ToString() ?? "", StringComparer.Ordinal), formatter(state, exception) + exception));
        }

        public void Dispose()
        {
            // It holds nothing but text.
        }
    }
}
