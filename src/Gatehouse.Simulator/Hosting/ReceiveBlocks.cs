using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Gatehouse.Simulator;

/// <summary>Kestrel's receive blocks at 64 KB: its own 4 KB ones cost a third more CPU on uploads of a megabyte and up, in system calls and segments.</summary>
internal sealed class ReceiveBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 64 * 1024;

        // 512 blocks are 32 MB: enough for a few hundred busy connections, little enough to sit idle.
        private const int MostIdle = 512;

        private readonly ConcurrentQueue<byte[]> _idle = new();

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            return new Block(this, _idle.TryDequeue(out var bytes) ? bytes : GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true));
        }

        protected override void Dispose(bool disposing) => _idle.Clear();

        private void Return(byte[] bytes)
        {
            if (_idle.Count < MostIdle)
                _idle.Enqueue(bytes);
        }

        /// <summary>One renting: a second Dispose, or one from an owner that was kept too long, cannot hand the same bytes out twice.</summary>
        private sealed class Block(Pool pool, byte[] bytes) : IMemoryOwner<byte>
        {
            private byte[]? _bytes = bytes;

            public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes ?? throw new ObjectDisposedException(nameof(Block)), 0, BlockBytes);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _bytes, null) is { } mine)
                    pool.Return(mine);
            }
        }
    }
}
