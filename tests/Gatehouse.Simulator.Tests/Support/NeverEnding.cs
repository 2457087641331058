namespace Gatehouse.Simulator.Tests;

/// <summary>A body without an end, which tells when more of it has been taken than any buffer on the way holds.</summary>
internal sealed class NeverEnding : Stream
{
    private readonly TaskCompletionSource _much = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _given;

    public Task HasGivenMuch => _much.Task;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if ((_given += count) > 32 << 20)
            _much.TrySetResult();
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((_given += buffer.Length) > 32 << 20)
            _much.TrySetResult();
        return ValueTask.FromResult(buffer.Length);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
