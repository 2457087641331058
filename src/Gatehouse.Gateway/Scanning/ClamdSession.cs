using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gatehouse.Actors;

namespace Gatehouse.Gateway.Scanning;

/// <summary>
/// One connection to clamd, kept open from file to file (<c>IDSESSION</c>: every answer carries its command's number). Used by one scan at a time. Whatever goes wrong with it is an <see cref="IOException"/>, and ends it.
/// </summary>
internal sealed class ClamdSession : IDisposable
{
    /// <summary>A chunk's length, four bytes big-endian, stands before it.</summary>
    private const int Head = sizeof(int);

    private const int ChunkBytes = 64 * 1024;

    /// <summary>An answer is a name and some words; what is longer comes from no clamd.</summary>
    private const int LongestAnswer = 1024;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly byte[] _read = new byte[LongestAnswer];
    private int _held;
    private int _commands;

    private ClamdSession(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Nothing is under way in it, and clamd has not ended it.</summary>
    public bool IsUsable
    {
        get
        {
            try
            {
                return _held == 0 && !_socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    public static async ValueTask<ClamdSession> OpenAsync(EndPoint clamd, CancellationToken cancellationToken)
    {
        var socket = clamd is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(clamd, cancellationToken);
            var session = new ClamdSession(socket);
            await session._stream.WriteAsync("zIDSESSION\0"u8.ToArray(), cancellationToken);
            return session;
        }
        catch (Exception e)
        {
            socket.Dispose();
            // Readiness is anybody's to read, and the system's own message has the address in it.
            if (e is SocketException { SocketErrorCode: var why }) throw new IOException($"clamd takes no connection ({why}).", e);
            throw;
        }
    }

    public async ValueTask<string> VersionAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync("zVERSION\0"u8.ToArray(), cancellationToken);
        return await AnswerAsync(++_commands, cancellationToken);
    }

    /// <summary>Streams the file, 64 KB at a time. The version is asked with each, as signatures change while a session lasts.</summary>
    public async ValueTask<ScanReport> ScanAsync(FileBytes file, CancellationToken cancellationToken)
    {
        var answer = AnswersAsync(cancellationToken);
        var whole = false;
        try
        {
            whole = await SendAsync(file, answer, cancellationToken);
        }
        catch (IOException)
        {
            // clamd may have answered and closed: then its answer says more. If not, it learns here that nothing more comes.
            StopSending();
        }
        catch
        {
            // Its answer would be waited for in vain.
            Dispose();
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        var (version, verdict) = await answer;
        // Answered before the end: what it makes of the rest is its own affair.
        if (!whole) Dispose();
        return ClamdAnswer.Read(verdict).By(version);
    }

    public void Dispose() => _stream.Dispose();

    private void StopSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }

    private async Task<(string Version, string Verdict)> AnswersAsync(CancellationToken cancellationToken)
    {
        _commands += 2;
        var scan = _commands;
        return (await AnswerAsync(scan - 1, cancellationToken), await AnswerAsync(scan, cancellationToken));
    }

    /// <summary>False: it was answered before its end.</summary>
    private async Task<bool> SendAsync(FileBytes file, Task answer, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync("zVERSION\0zINSTREAM\0"u8.ToArray(), cancellationToken);
        var chunk = ArrayPool<byte>.Shared.Rent(Head + ChunkBytes);
        try
        {
            for (long offset = 0; offset < file.Length;)
            {
                if (answer.IsCompleted) return false;
                var count = await ReadAsync(file, offset, chunk.AsMemory(Head, ChunkBytes), cancellationToken);
                BinaryPrimitives.WriteInt32BigEndian(chunk, count);
                await _stream.WriteAsync(chunk.AsMemory(0, Head + count), cancellationToken);
                offset += count;
            }
            BinaryPrimitives.WriteInt32BigEndian(chunk, 0);
            await _stream.WriteAsync(chunk.AsMemory(0, Head), cancellationToken);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static async ValueTask<int> ReadAsync(FileBytes file, long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        int count;
        try
        {
            count = await file.ReadAtAsync(offset, into, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileUnscannableException("A received file could not be read for the scanner.", e);
        }
        return count > 0 ? count : throw new FileUnscannableException($"A received file ends at {offset} of {file.Length} bytes.");
    }

    /// <summary>The next answer, which must be this command's: <c>2: stream: OK</c> and a NUL.</summary>
    private async Task<string> AnswerAsync(int command, CancellationToken cancellationToken)
    {
        int end;
        while ((end = _read.AsSpan(0, _held).IndexOf((byte)0)) < 0)
        {
            if (_held == LongestAnswer) throw new IOException($"clamd answered with more than {LongestAnswer} bytes.");
            var count = await _stream.ReadAsync(_read.AsMemory(_held), cancellationToken);
            if (count == 0) throw new IOException("clamd closed the connection.");
            _held += count;
        }
        var answer = Printable(_read.AsSpan(0, end));
        _held -= end + 1;
        _read.AsSpan(end + 1, _held).CopyTo(_read);
        var number = string.Create(CultureInfo.InvariantCulture, $"{command}: ");
        return answer.StartsWith(number, StringComparison.Ordinal) ? answer[number.Length..] : throw new IOException($"clamd answered \"{answer}\".");
    }

    /// <summary>It goes into log and audit.</summary>
    private static string Printable(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length, bytes, static (text, from) =>
    {
        for (var i = 0; i < from.Length; i++) text[i] = from[i] is >= (byte)' ' and <= (byte)'~' ? (char)from[i] : '?';
    });
}
