using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Gateway.Health;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Tests.Health;

/// <summary>What readiness and the log say of a store behind a network.</summary>
public sealed class ObjectStoreProbeTests : IDisposable
{
    private readonly ManualTime _clock = new();
    private readonly Store _store = new();
    private readonly Lines _log = new();
    private readonly ObjectStoreProbe _probe;

    public ObjectStoreProbeTests() => _probe = new ObjectStoreProbe(_store, _clock, _log);

    [Fact]
    public async Task A_store_that_answers_is_told_by_what_it_said_and_one_that_does_not_as_such()
    {
        _store.Fault = new StoreUnavailableException("The object store could not do it: 403 AccessDenied: arn:aws:iam::123:user/ada is not authorized", innerException: null) { Answered = "403 AccessDenied" };
        var trouble = await CheckAsync();
        Assert.Contains("answers 403 AccessDenied", trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("arn:", trouble, StringComparison.Ordinal);
        _store.Fault = new StoreUnavailableException("The object store could not do it: Connection refused (store.example:443)", innerException: null);
        trouble = await CheckAsync();
        Assert.Contains("does not answer", trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("store.example", trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_has_a_line_with_the_cause_when_it_changes_and_none_while_it_does_not()
    {
        await CheckAsync();
        Assert.Empty(_log.Told);
        _store.Fault = new StoreUnavailableException("Connection refused (store.example:443)", innerException: null);
        for (var i = 0; i < 3; i++) await CheckAsync();
        Assert.Contains("store.example", Assert.Single(_log.Told), StringComparison.Ordinal);
        _store.Fault = new StoreUnavailableException("refused", innerException: null) { Answered = "403" };
        for (var i = 0; i < 3; i++) await CheckAsync();
        Assert.Equal(2, _log.Told.Count);
        _store.Fault = null;
        for (var i = 0; i < 3; i++) Assert.Null(await CheckAsync());
        Assert.EndsWith("answers again", _log.Told.Last(), StringComparison.Ordinal);
        Assert.Equal(3, _log.Told.Count);
    }

    public void Dispose() => _probe.Dispose();

    /// <summary>Later than it may keep what it saw last.</summary>
    private async Task<string?> CheckAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        return await _probe.CheckAsync(CancellationToken.None);
    }

    private sealed class Store : IBlobStore
    {
        public Exception? Fault { get; set; }

        public long StoredBytes => 0;

        public ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken) => Fault is null ? ValueTask.FromResult<FileBytes?>(null) : throw Fault;

        public ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Lines : ILogger<ObjectStoreProbe>
    {
        public ConcurrentQueue<string> Told { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Told.Enqueue(formatter(state, exception));
    }
}
