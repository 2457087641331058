using System.Buffers;
using System.Net;
using Gatehouse.Actors;

namespace Gatehouse.Genesys;

/// <summary>
/// A file, bare or as the one part of a multipart body, with a known length, in few large writes. Framing and the file's ends share a pooled buffer, so a small file is one write; larger pieces in memory are
/// written from where they are. It can be made again from the same bytes for a second attempt.
/// </summary>
internal sealed class FilePartContent : HttpContent
{
    /// <summary>One write of a file to this size; the smallest piece that is written without being copied.</summary>
    private const int MemoryPiece = 64 * 1024;

    /// <summary>One read and one write of a spool file.</summary>
    private const int FilePiece = 256 * 1024;

    private readonly ReadOnlyMemory<byte> _head;
    private readonly ReadOnlyMemory<byte> _tail;
    private readonly FileBytes _file;

    public FilePartContent(FilePartFrame frame, FileBytes file)
    {
        (_head, _tail, _file) = (frame.Head, frame.Tail, file);
        Headers.TryAddWithoutValidation("Content-Type", frame.ContentType);
    }

    /// <summary>The file's bytes and nothing else, its type for others to name.</summary>
    public FilePartContent(FileBytes file) => _file = file;

    /// <summary>Every byte has been handed to the connection: before that, the far side cannot have the file.</summary>
    public bool WasHandedOver { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = _head.Length + _file.Length + _tail.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasHandedOver = false;
        var inMemory = _file.TryGetMemory(out var memory);
        var whole = _head.Length + _file.Length + _tail.Length;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(whole, inMemory ? MemoryPiece : FilePiece));
        try
        {
            _head.CopyTo(buffer);
            var used = inMemory
                ? await WriteMemoryAsync(stream, memory, buffer, _head.Length, cancellationToken)
                : await WriteFileAsync(stream, buffer, _head.Length, cancellationToken);
            used = await AppendAsync(stream, _tail, buffer, used, cancellationToken);
            await stream.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
            WasHandedOver = true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> WriteMemoryAsync(Stream stream, ReadOnlySequence<byte> memory, byte[] buffer, int used, CancellationToken cancellationToken)
    {
        if (memory.Length != _file.Length) throw new FileEndedEarlyException();
        foreach (var piece in memory) used = await AppendAsync(stream, piece, buffer, used, cancellationToken);
        return used;
    }

    private async ValueTask<int> WriteFileAsync(Stream stream, byte[] buffer, int used, CancellationToken cancellationToken)
    {
        for (long offset = 0; offset < _file.Length;)
        {
            if (used == buffer.Length)
            {
                await stream.WriteAsync(buffer, cancellationToken);
                used = 0;
            }
            var read = await ReadAsync(offset, buffer.AsMemory(used, (int)Math.Min(buffer.Length - used, _file.Length - offset)), cancellationToken);
            if (read == 0) throw new FileEndedEarlyException();
            offset += read;
            used += read;
        }
        return used;
    }

    /// <summary>Else a disk or a database that fails would pass for a connection that broke.</summary>
    private async ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await _file.ReadAtAsync(offset, into, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new FileUnreadableException(e);
        }
    }

    /// <summary>Through the buffer, except for a rest that is worth a write of its own. Returns how much of the buffer is used.</summary>
    private static async ValueTask<int> AppendAsync(Stream stream, ReadOnlyMemory<byte> piece, byte[] buffer, int used, CancellationToken cancellationToken)
    {
        if (piece.Length > buffer.Length - used)
        {
            var fitting = buffer.Length - used;
            piece[..fitting].CopyTo(buffer.AsMemory(used));
            await stream.WriteAsync(buffer, cancellationToken);
            piece = piece[fitting..];
            used = 0;
            if (piece.Length >= buffer.Length)
            {
                await stream.WriteAsync(piece, cancellationToken);
                return 0;
            }
        }
        piece.CopyTo(buffer.AsMemory(used));
        return used + piece.Length;
    }
}

/// <summary>The stored bytes are fewer than their length says.</summary>
internal sealed class FileEndedEarlyException() : IOException("The file's stored bytes ended before its length.");

/// <summary>Our own disk or database did not give the bytes: nothing that Genesys did.</summary>
internal sealed class FileUnreadableException(Exception innerException) : IOException("The file's stored bytes could not be read.", innerException);
