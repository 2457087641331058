using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Objects;

/// <summary>
/// An object that is read over HTTP. Files are read from front to back, so the answer to one request serves all reads that follow each other: a request for each piece would cost a round trip each. Any other
/// read begins a request of its own.
/// </summary>
/// <param name="openAt">Asks for the object from an offset to its end. Null: it is gone.</param>
/// <param name="timeout">Of a single read.</param>
internal sealed class RemoteFile(long length, Func<long, CancellationToken, ValueTask<Stream?>> openAt, TimeSpan timeout) : FileBytes
{
    private Open? _open;
    private volatile bool _disposed;

    public override long Length => length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        var piece = ArrayPool<byte>.Shared.Rent(into.Length);
        try
        {
            var count = ReadAtAsync(offset, piece.AsMemory(0, into.Length), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            piece.AsSpan(0, count).CopyTo(into);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAtAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        into = into[..(int)Math.Clamp(length - offset, 0, into.Length)];
        if (into.IsEmpty) return 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            // The server may have ended an answer that was left lying: that is no reason to fail, but to ask again.
            if (Take(offset) is { } open && await TryReadAsync(open, into, limit.Token)) return into.Length;
            if (await openAt(offset, limit.Token) is not { } stream) return 0;
            var fresh = new Open(stream, offset);
            if (await TryReadAsync(fresh, into, limit.Token)) return into.Length;
            throw new IOException("The object store ended its answer early.");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The object store did not answer in time.", e);
        }
        catch (StoreUnavailableException e)
        {
            throw new IOException("A stored file could not be read from the object store.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        Interlocked.Exchange(ref _open, null)?.Stream.Dispose();
    }

    /// <summary>The answer that goes on at this offset, if it lies there.</summary>
    private Open? Take(long offset)
    {
        if (Interlocked.Exchange(ref _open, null) is not { } open) return null;
        if (open.Position == offset) return open;
        open.Stream.Dispose();
        return null;
    }

    /// <summary>All that was asked for, or nothing: then the answer is of no more use.</summary>
    private async ValueTask<bool> TryReadAsync(Open open, Memory<byte> into, CancellationToken cancellationToken)
    {
        var read = 0;
        try
        {
            read = await open.Stream.ReadAtLeastAsync(into, into.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // As an early end.
        }
        finally
        {
            if (read < into.Length) await open.Stream.DisposeAsync();
        }
        if (read < into.Length) return false;
        Interlocked.Exchange(ref _open, open with { Position = open.Position + read })?.Stream.Dispose();
        if (_disposed) Dispose(disposing: true);
        return true;
    }

    private sealed record Open(Stream Stream, long Position);
}
